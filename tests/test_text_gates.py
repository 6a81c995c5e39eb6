"""The text part says all the page says, whole, in lines no mail program spoils; the page stays small."""

import re
from collections import Counter
from itertools import pairwise
from xml.etree import ElementTree as ET

import html5lib
import pytest
from gate_editions import ALL, MADE, edition, made

LARGE = 80_000
"""Bytes: Gmail cuts off what is over about 102 KB, and what forwards a message adds some of its own."""
BLOCKS = {"p", "div", "td", "th", "li", "h1", "h2", "h3", "h4", "br", "tr", "caption", "pre", "ul"}
MUST_STAY = re.compile(r"\s?(?:[-*\u2022\u2013]\s|\d+(?:\.\d+)*[.)]?\s|\[\d+\]\s|[=\-~_]{3,}|https?://)")
ADDRESS = re.compile(r"https?://\S+|\S+@\S+")


def said(element: ET.Element) -> str:
    """Give the words of a page as they are seen."""
    style = element.get("style", "").replace(" ", "")
    if not isinstance(element.tag, str) or element.tag in ("head", "style") or "display:none" in style:
        return ""
    inside = "".join(said(child) + (child.tail or "") for child in element)
    gap = " " if element.tag in BLOCKS else ""
    return f"{gap}{element.get('alt', '')}{element.text or ''}{inside}{gap}"


def parsed(page: str) -> ET.Element:
    root: ET.Element = html5lib.parse(page, namespaceHTMLElements=False)
    return root


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]+(?:[’'][^\W_]+)?", ADDRESS.sub("", text).lower()))  # noqa: RUF001


def spoiled(text: str) -> list[str]:
    """Give the lines Outlook would join to the one above, though they begin something."""
    lines, found, joins = text.split("\n"), [], False
    for above, line in pairwise(lines):
        if not above.strip() or not line.strip():
            joins = False
            continue
        ends = above.endswith((".", "?", "!", ":"))
        joins = (len(above) >= 40 or joins) and not ends
        if joins and MUST_STAY.match(line) and not line.startswith(("  ", "\t")):
            found.append(line)
    return found


@pytest.mark.parametrize("name", ALL)
def test_the_text_part_says_what_the_page_says(name: str) -> None:
    found = edition(name)
    on_page, in_text = words(said(parsed(found.html))), words(found.text)
    missing = on_page - in_text
    long = sum(count for word, count in missing.items() if len(word) > 60)  # cut to fit the line
    assert missing.total() - long <= on_page.total() * 0.005, missing


@pytest.mark.parametrize("name", ALL)
def test_every_address_is_whole_in_both_parts(name: str) -> None:
    found = edition(name)
    links = {element.get("href", "") for element in parsed(found.html).iter("a")} - {""}
    lines = {line.strip() for line in found.text.split("\n")}
    web = {link for link in links if link.startswith("http")}
    assert web <= lines, web - lines
    for link in links - web:
        shown = link.partition(":")[2].partition("?")[0]
        assert link.startswith("#") or shown in found.text, link


@pytest.mark.parametrize("name", ALL)
def test_no_line_is_long_or_would_be_joined_to_another(name: str) -> None:
    text = edition(name).text
    long = [line for line in text.split("\n") if len(line) > 72 and not ADDRESS.fullmatch(line.strip())]
    assert long == []
    assert spoiled(text) == []
    assert [line for line in text.split("\n") if line != line.rstrip() or "\t" in line] == []


def test_the_gate_sees_a_line_that_would_be_joined() -> None:
    assert spoiled(f"{'a' * 40}\n- b\n") == ["- b"]
    assert spoiled(f"{'a' * 40}\nb\n1. c\n") == ["1. c"]
    assert spoiled(f"{'a' * 39}.\n- b\n") == spoiled(f"{'a' * 40}\n  - b\n") == []


def test_a_bulletin_is_small() -> None:
    sizes = {name: len(made(name, published=False).html.encode()) for name in MADE}
    assert sizes["of 1 item"] <= 9_500
    assert sizes["of 14 items"] <= 29_700
    assert max(sizes.values()) <= LARGE
    assert max(len(made(name).html.encode()) for name in MADE) <= LARGE
    assert len(edition("of the sample").html.encode()) <= LARGE


def test_only_a_long_page_leaves_its_commonest_rules_in_its_sheet() -> None:
    short, long = (made(f"of {size} items").html for size in (14, 60))
    in_sheet, in_element = "\np { margin: 0 0 14px; }", '<p style="margin:0 0 14px">'
    assert [words in short for words in (in_sheet, in_element)] == [False, True]
    assert [words in long for words in (in_sheet, in_element)] == [True, False]
    assert "data-often" not in short + long


@pytest.mark.parametrize("name", ALL)
def test_a_style_is_short_and_a_class_is_one_a_sheet_speaks_of(name: str) -> None:
    page = edition(name).html
    sheets = "".join(re.findall(r"<style\b.*?</style>", page, re.DOTALL))
    for element in parsed(page).iter():
        assert "; " not in element.get("style", "")
        for one in element.get("class", "").split():
            assert f".{one}" in sheets
