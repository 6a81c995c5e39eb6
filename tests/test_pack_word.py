"""A pack's Word document: real headings, lists, tables and links, and a page that looks right."""

import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import example, given, settings
from PIL import Image as Picture
from small_issue import DAY, SETTINGS, everything, issue, item, on
from test_hostile_editions import WORDS, WORST, wrong

from bulletin.compose.pack import lay_out_pack, pack_items
from bulletin.model.edition import Image, Layout
from bulletin.model.issue import Item
from bulletin.pack.word import word_document
from bulletin.pack.word.passage import Page, write_html
from bulletin.pack.word.runs import Voice
from bulletin.pack.zipped import unzipped
from bulletin.settings.values import PackSettings

NORTH = PackSettings("north", "North Partnership", "North News", introduction="Hello.", contact="a@b.example")
LISTS = (
    "1. one\n2. two\n\nThen these:\n\n"
    "1. first\n   - under\n     - deeper\n       - deepest\n2. second\n\n4. four"
)


_PARAGRAPH = """
    pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs
    suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi
    adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection
    textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange
"""
_RUN = """
    rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid
    vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs
    em lang
"""
ORDER = {"pPr": _PARAGRAPH.split(), "rPr": _RUN.split()}
"""The order of what a paragraph's and a run's properties hold (ISO/IEC 29500-1, 17.3.1.26 and 17.3.2.28)."""


def layout(*items: Item) -> Layout:
    return lay_out_pack(pack_items(issue(*items), NORTH, (), DAY), NORTH, SETTINGS, DAY)


def word(*items: Item) -> Any:
    return docx.Document(BytesIO(word_document(layout(*items), (), "#7a1f4b")))


def styled(document: Any, style: str) -> list[str]:
    return [one.text for one in document.paragraphs if one.style.name == style]


def leads_to(document: Any) -> set[str]:
    return {one.target_ref for one in document.part.rels.values() if one.is_external}


def marks(document: Any, name: str) -> Iterable[Any]:
    return document.element.body.iter(qn(name))


def passage(html: str, *images: Image) -> Any:
    page = Page(docx.Document(), {one.name: one for one in images})
    page.document.styles.add_style("Hyperlink", docx.enum.style.WD_STYLE_TYPE.CHARACTER)
    write_html(page, html, Voice())
    return page.document


def test_headings_are_styles_and_leave_no_level_out() -> None:
    found = word(*everything())

    assert styled(found, "Heading 1") == ["North News"]
    assert {"In this issue", "Key messages", "Consultations", "Events"} <= set(styled(found, "Heading 2"))
    assert "Bus review" in styled(found, "Heading 3")
    assert {"Who may apply", "How"} <= set(styled(found, "Heading 4"))


def test_the_dates_are_a_table_with_a_head_and_a_title() -> None:
    found = word(*everything())
    table = found.tables[-1]
    rows = [[cell.text for cell in row.cells] for row in table.rows]

    assert rows[0] == ["When", "What and where"]
    assert ["Saturday 5 December 2026", "Winter market"] in rows
    assert len(list(marks(found, "w:tblHeader"))) == len(found.tables) == 2
    assert [one.get(qn("w:val")) for one in marks(found, "w:tblCaption")][-1] == "Dates for your diary"


def test_a_contributors_table_is_one_too() -> None:
    first = word(*everything()).tables[0]
    assert [[cell.text for cell in row.cells] for row in first.rows] == [
        ["Route", "Every"],
        ["12", "30 minutes"],
    ]


def test_links_lead_where_they_did() -> None:
    found = leads_to(word(*everything()))
    assert "https://www.council.example/bus_review__2026?a=1&b=2#take-part" in found
    assert "https://bus.example/12" in found
    assert "https://archive.avon.example/2026-11/" in found
    assert "mailto:sam@north.example" in found


def test_the_contents_lead_to_every_item() -> None:
    found = word(*everything())
    wanted = {one.get(qn("w:anchor")) for one in marks(found, "w:hyperlink")} - {None}
    assert wanted == {one.get(qn("w:name")) for one in marks(found, "w:bookmarkStart")}


def test_each_language_is_named() -> None:
    found = word(item("a", title="Bore da", language="Welsh"), item("b", title="Shalom", language="Hebrew"))
    said = {one.get(qn("w:val")) for one in marks(found, "w:lang")}
    defaults = found.styles.element.find(f"{qn('w:docDefaults')}//{qn('w:lang')}")

    assert "cy" in said
    assert defaults.get(qn("w:val")) == "en-GB"
    assert found.core_properties.language == "en-GB"
    assert {one.get(qn("w:bidi")) for one in marks(found, "w:lang")} >= {"he"}
    assert len(list(marks(found, "w:bidi"))) > 1


def test_numbered_lists_each_begin_anew() -> None:
    found = word(item("a", text=LISTS))
    numbers = [one.get(qn("w:val")) for one in marks(found, "w:numId")]

    assert styled(found, "List Number") == ["one", "two", "first", "second", "four"]
    assert styled(found, "List Bullet 2") == ["under"]
    assert styled(found, "List Bullet 3") == ["deeper", "deepest"]
    assert len(set(numbers)) == 2


def test_a_picture_says_what_it_shows() -> None:
    out = BytesIO()
    Picture.new("RGB", (40, 30), "navy").save(out, "PNG")
    image = Image("us.png", "image/png", out.getvalue())
    found = passage(
        '<p><img src="cid:us.png" alt="Us all" width="40"><img src="cid:no.png" alt="Gone"></p>', image
    )

    assert [one.get("descr") for one in marks(found, "wp:docPr")] == ["Us all"]
    assert found.paragraphs[0].text.strip() == "[Picture: Gone]"
    assert found.inline_shapes[0].width == 40 * 9525


def test_words_keep_their_spaces_and_code_its_lines() -> None:
    found = passage(
        '<p><a href="https://a.example/">One</a> two <strong>three</strong>\nfour.</p>'
        "<pre><code>a\n  b\n</code></pre>"
    )
    assert [one.text for one in found.paragraphs] == ["One two three four.", "a\n  b"]


@pytest.mark.parametrize("name", ORDER)
def test_properties_stand_in_the_order_that_word_insists_on(name: str) -> None:
    found = word(*everything(), item("a", text=f"{LISTS}\n\n---\n\n> quoted", language="Hebrew"))
    for properties in (*marks(found, f"w:{name}"), *found.styles.element.iter(qn(f"w:{name}"))):
        places = [ORDER[name].index(one.tag.rpartition("}")[2]) for one in properties]
        assert places == sorted(set(places)), [one.tag for one in properties]


def test_the_same_layout_gives_the_same_bytes_with_no_clock_in_them() -> None:
    data = word_document(layout(*everything()), (), "#7a1f4b")
    about = docx.Document(BytesIO(data)).core_properties

    assert data == word_document(layout(*everything()), (), "#7a1f4b")
    assert about.created == about.modified
    assert about.created.date() == DAY
    assert about.author == "North Partnership"


@settings(max_examples=10, deadline=None)
@given(WORDS, WORDS)
@example(WORST, WORST)
def test_whatever_items_say_word_can_open_it(words: str, other: str) -> None:
    found = word(*wrong(words, other))
    assert len(styled(found, "Heading 1")) == 1
    assert all(url.startswith(("https://", "http://", "mailto:", "tel:")) for url in leads_to(found))


@pytest.mark.slow
def test_it_opens_in_libreoffice_and_its_pages_say_everything(tmp_path: Path) -> None:
    for program, package in (("soffice", "libreoffice-writer"), ("pdftotext", "poppler-utils")):
        assert shutil.which(program), f"{program} is missing: apt-get install {package} (make test-slow does)"
    long = item("long", text="Words of a paragraph. " * 900, when=on(date(2026, 12, 3)))
    whole = layout(*everything(), replace(long, title="A long one"), item("lists", text=LISTS))
    (tmp_path / "a.docx").write_bytes(word_document(whole, (), "#7a1f4b"))
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    convert = ["soffice", "--headless", home, "--convert-to", "pdf", "--outdir", tmp_path]
    subprocess.run([*convert, tmp_path / "a.docx"], check=True, capture_output=True, timeout=180)
    done = subprocess.run(["pdftotext", "-layout", tmp_path / "a.pdf", "-"], check=True, capture_output=True)
    said = done.stdout.decode()
    pages = said.split("\f")[:-1]

    assert len(pages) > 3
    assert "North News" in pages[0]
    for entry in whole.entries:
        assert " ".join(entry.title.split()) in " ".join(said.split())
    assert [line.split() for line in said.splitlines() if line.split()[-1:] == ["second"]] == [
        ["2.", "second"]
    ]
    assert unzipped((tmp_path / "a.docx").read_bytes())
