"""The archive: pages that stay true, lead where they say and can be shown by anything."""

import posixpath
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any
from urllib.parse import unquote, urlsplit

import html5lib
import pytest
from archive_sample import SETTINGS, built, issue, item, page, pages, site, templates
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from bulletin.errors import BulletinError
from bulletin.model.partnership import Reach, Share
from bulletin.settings.values import EditionSettings, Site

NOVEMBER = "2026-11/index.html"
ISSUES = ("2026-08", "2026-11")


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    return built()


def tree(text: str) -> Any:
    return html5lib.parse(text, namespaceHTMLElements=False)


def words(text: str) -> str:
    return " ".join(" ".join(tree(text).itertext()).split())


def links(files: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Give every address a page refers to, with the page's path."""
    for path, text in files.items():
        if path.endswith(".html"):
            for element in tree(text).iter():
                for name in ("href", "src"):
                    if name in element.attrib:
                        yield path, element.attrib[name]


def test_every_issue_has_its_stable_address_its_text_and_its_calendar_files(files: dict[str, str]) -> None:
    for name in ISSUES:
        assert {f"{name}/index.html", f"{name}/bulletin.txt", f"{name}/calendar/gathering.ics"} <= set(files)
    assert {"index.html", "events/index.html", "style.css"} <= set(files)


def test_every_page_is_valid_html_in_one_language_with_one_title(files: dict[str, str]) -> None:
    for path, text in files.items():
        if path.endswith(".html"):
            root = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
            assert root.attrib["lang"] == "en-GB"
            assert len(root.findall(".//title")) == len(root.findall(".//h1")) == 1


def test_every_link_inside_the_site_is_relative_and_leads_somewhere(files: dict[str, str]) -> None:
    for path, address in links(files):
        parts = urlsplit(address)
        if parts.scheme:
            assert parts.scheme in ("https", "mailto"), address
            continue
        target = (
            posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
            if parts.path
            else path
        )
        assert target in files, (path, address)
        assert not parts.fragment or f'id="{parts.fragment}"' in files[target], (path, address)


def test_nothing_runs_and_nothing_is_fetched_from_elsewhere(files: dict[str, str]) -> None:
    for path, text in files.items():
        elements = list(tree(text).iter()) if path.endswith(".html") else []
        own = {"script", "form"} if path == "search/index.html" else set()
        assert (
            not {one.tag for one in elements} & {"script", "iframe", "img", "object", "form", "style"} - own
        )
        assert {one.attrib.get("src") for one in elements if one.tag == "script"} <= {
            "minisearch.js",
            "search.js",
        }
        assert not [one for one in elements if any(name.startswith("on") for name in one.attrib)]
        policy = "default-src 'none'; style-src 'self' file:; img-src 'self' file:"
        assert not elements or policy in text
    assert "url(" not in files["style.css"]
    assert "@import" not in files["style.css"]


def test_headings_leave_no_level_out_and_no_id_is_used_twice(files: dict[str, str]) -> None:
    for path, text in files.items():
        elements = list(tree(text).iter()) if path.endswith(".html") else []
        levels = [int(one.tag[1]) for one in elements if str(one.tag) in ("h1", "h2", "h3", "h4", "h5", "h6")]
        ids = [one.attrib["id"] for one in elements if "id" in one.attrib]
        assert all(after - before <= 1 for before, after in pairwise(levels))
        assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", ["main", "contents", "dates-ahead", "whos-who", "index"])
def test_an_item_may_have_any_name(name: str) -> None:
    whole = issue("2026-11", 14, date(2026, 11, 26), item(name, "successes", "Any name"))
    text = site([page(whole)], SETTINGS, templates())[NOVEMBER].decode()
    assert text.count(f'id="{name}"') == 1


def test_the_front_page_has_the_newest_issue_first_and_what_each_holds(files: dict[str, str]) -> None:
    front = words(files["index.html"])
    assert front.index("Issue 14 Thursday 26 November 2026") < front.index("Issue 13 Thursday 27 August 2026")
    assert "Consultations Police survey Local Plan: have your say" in front


def test_issues_lead_to_the_ones_before_and_after_them(files: dict[str, str]) -> None:
    assert (
        'rel="prev" href="../2026-08/index.html">Older: issue 13, Thursday 27 August 2026<' in files[NOVEMBER]
    )
    assert 'rel="next" href="../2026-11/index.html">Newer: issue 14' in files["2026-08/index.html"]
    assert 'rel="next"' not in files[NOVEMBER]


def test_days_left_go_stale_so_dates_are_given_instead(files: dict[str, str]) -> None:
    sent = pages()[1].edition
    assert "Closes tomorrow" in sent.html
    for path in (NOVEMBER, "2026-11/bulletin.txt"):
        assert "tomorrow" not in files[path]
        assert "days left" not in files[path]
        assert "Friday 27 November 2026" in files[path]


def test_what_only_makes_sense_in_a_mailbox_is_left_out(files: dict[str, str]) -> None:
    sent = pages()[1].edition
    assert "leave@avonbridge.example" in sent.text
    assert "attached to this e-mail" in sent.text
    everything = "\n".join(files.values())
    assert "leave@avonbridge.example" not in everything
    assert "attached to this e-mail" not in everything
    assert "mailing list" not in everything


def test_what_is_for_partners_alone_is_nowhere(files: dict[str, str]) -> None:
    assert "For partners alone" not in "\n".join(files.values())


def test_a_partners_archive_still_says_what_may_not_be_passed_on() -> None:
    rules = (EditionSettings("partners", reach=Reach.PARTNERS),)
    text = words(built(SETTINGS._replace(editions=rules, site=Site(reach=Reach.PARTNERS)))[NOVEMBER])
    assert "For partners alone For partners only" in text


def test_hostile_words_are_words(files: dict[str, str]) -> None:
    for path in ("index.html", NOVEMBER):
        assert '"><script>alert(1)</script><img src=x onerror=alert(1)> {{ 7*7 }}' in words(files[path])
    assert not [address for _, address in links(files) if "javascript" in address]


def test_a_passage_in_another_language_says_so(files: dict[str, str]) -> None:
    spoken = [one for one in tree(files[NOVEMBER]).iter() if one.attrib.get("lang") == "cy"]
    assert {one.tag for one in spoken} == {"a", "h3", "div"}


def test_each_date_of_every_issue_stands_once_in_the_list_of_dates(files: dict[str, str]) -> None:
    dates, coming = files["events/index.html"], words(files["events/index.html"])
    assert dates.count("Local Plan: have your say") == 1
    assert "../2026-11/items/plan/index.html" in dates
    assert (
        coming.index("Police survey") < coming.index("Joint Christmas gathering") < coming.index("Local Plan")
    )
    assert "Village fete" not in coming
    assert "Village fete In issue 13" in words(files["events/2026/index.html"])


def test_the_text_version_has_the_words_of_the_page(files: dict[str, str]) -> None:
    text = files["2026-11/bulletin.txt"]
    assert "A £60,000 transport fund opens" in text
    assert "https://avonbridge.example/fund_a__b.pdf" in text
    assert "dates, times and links\nare as published that day" in text


def test_where_the_site_has_an_address_its_own_links_stay_relative() -> None:
    files = built(SETTINGS._replace(site=Site("https://bulletin.avonbridge.example")))
    pages = {path: text for path, text in files.items() if path.endswith(".html")}
    own = "https://bulletin.avonbridge.example"
    assert not [
        at for _, at in links(pages) if at.startswith(own) and f'"canonical" href="{at}"' not in pages[_]
    ]
    assert (
        f'<link rel="canonical" href="{own}/2026-11/items/plan/">' in files["2026-11/items/plan/index.html"]
    )
    assert 'href="calendar/gathering.ics"' in files[NOVEMBER]


def test_calendar_files_are_those_of_the_edition() -> None:
    shown = pages()[1]
    files = site([shown], SETTINGS, templates())
    assert shown.edition.calendar
    assert {
        f"2026-11/calendar/{one.name}": one.data for one in shown.edition.calendar
    }.items() <= files.items()


@given(st.text(max_size=300), st.text(max_size=300), st.sampled_from(Share))
def test_whatever_an_item_says_the_site_is_sound_and_shows_it_only_to_whom_it_may(
    title: str, text: str, share: Share
) -> None:
    odd = item("odd", "successes", f"{title} marker", f"{text}\n\nmarker", contact=text, share=share)
    whole = issue("2026-11", 14, date(2026, 11, 26), odd)
    made = site([page(whole)], SETTINGS, templates())
    etree.fromstring(made["feed.xml"])
    for path in ("2026-11/index.html", "index.html", "search/index.html"):
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        tags = {str(one.tag) for one in parser.parse(made[path].decode()).iter()}
        assert not tags & {"iframe", "img", "object", "style"}
    assert any(b"marker" in data for data in made.values()) == (share is Share.PUBLIC)


def test_the_same_issues_give_the_same_bytes_in_whatever_order_they_come() -> None:
    one, other = (site(order, SETTINGS, templates()) for order in (pages(), pages()[::-1]))
    assert list(one.items()) == list(other.items())


def test_an_archive_without_issues_has_its_pages() -> None:
    files = site([], SETTINGS, templates())
    assert {"index.html", "events/index.html", "glossary/index.html", "search/index.html"} <= set(files)
    assert {"feed.xml", "calendar.ics", "style.css"} <= set(files)
    assert b"No issue has been published here yet" in files["index.html"]


def test_the_officers_own_template_is_used() -> None:
    own = templates() | {"site/events.html": "<title>{{ site.name }}</title>"}
    assert site(pages(), SETTINGS, own)["events/index.html"] == b"<title>Avonbridge Partnership</title>\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{% if %}", "line 1"),
        ("\n{{ page.layout.sectoins }}", "line 2"),
        ("{% include 'site/none.html' %}", "site/none.html"),
    ],
    ids=["syntax", "unknown-field", "missing-part"],
)
def test_a_mistaken_template_is_said_in_a_sentence(text: str, words: str) -> None:
    with pytest.raises(BulletinError, match=words):
        site(pages(), SETTINGS, templates() | {"site/issue.html": text})


def test_a_missing_template_is_said_in_a_sentence() -> None:
    fewer = {name: text for name, text in templates().items() if name != "site/index.html"}
    with pytest.raises(BulletinError, match=r"site/index\.html"):
        site(pages(), SETTINGS, fewer)
