"""A Word document becomes what its reader sees: every word, and nothing the file carries besides."""

import re
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from word_sample import bold, docx, field, p, picture, r, table, text_box, zipped

from bulletin.collect.readers.word import read_docx
from bulletin.collect.readers.word.blocks import parse_blocks, to_markdown
from bulletin.collect.readers.word.lists import lift_hollow
from bulletin.collect.reading import Draft, Reading

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))
import make_form  # noqa: E402 -- scripts are not a package


def read(*body: str, **more: Any) -> Reading:
    return read_docx("news.docx", docx(*body, **more))


def only(reading: Reading) -> Draft:
    (draft,) = reading.drafts
    return draft


def text(*body: str, **more: Any) -> str:
    return only(read(*body, **more)).text


def test_paragraphs_and_headings_in_styles_become_markdown() -> None:
    body = (
        p("Library news", style="Title"),
        p("Hours", style="Heading1"),
        p("Open late."),
        p("Fees", style="Heading2"),
    )
    assert text(*body) == "# Library news\n\n## Hours\n\nOpen late.\n\n### Fees"


def test_short_bold_lines_alone_become_headings() -> None:
    assert (
        text(bold("Big day"), p("Words."), bold("Dates"), p("More."))
        == "## Big day\n\nWords.\n\n## Dates\n\nMore."
    )


@pytest.mark.parametrize(
    "line", ["It is bold, and it is a sentence.", "jo.field@riverside.example", "Closes: 5pm", "word " * 15]
)
def test_bold_that_is_no_heading_stays_bold(line: str) -> None:
    assert "#" not in text(p("Before."), bold(line), p("After."))


def test_a_bold_line_at_the_end_or_three_in_a_row_are_no_headings() -> None:
    assert "#" not in text(p("Before."), bold("Book now"))
    assert "#" not in text(bold("Grand"), bold("Christmas"), bold("Market"), p("All welcome."))


@pytest.mark.parametrize("bullet", ["·  ", "▪\t", "•", "o\t", "\uf0b7 ", "- ", "\u2013 "])
def test_typed_bullets_become_a_list(bullet: str) -> None:
    assert text(p("To bring:"), p(f"{bullet}Boots"), p(f"{bullet}Gloves")) == "To bring:\n\n- Boots\n- Gloves"


def test_another_bullet_under_the_first_is_a_level_down() -> None:
    body = p("· Bring"), p("o\tBoots"), p("o\tGloves"), p("· Leave")
    assert text(*body) == "- Bring\n  - Boots\n  - Gloves\n- Leave"


def test_typed_numbers_that_count_from_one_become_a_list_and_others_stay() -> None:
    assert text(p("1. Come"), p("2. See")) == "1. Come\n2. See"
    assert (
        text(p("2026. A good year"), p("1. First"), p("Words"))
        == "2026\\. A good year\n\n1\\. First\n\nWords"
    )


def test_line_breaks_are_kept_apart() -> None:
    assert text(p(r("Town Hall"), "<w:r><w:br/></w:r>", r("High Street"))) == "Town Hall\n\nHigh Street"


def test_emphasis_moves_no_space_and_no_sign() -> None:
    words = p(
        r("It is "), r("free ", "b"), r("today", "b"), r(", "), r("un", ""), r("believ", "b"), r("able")
    )
    assert text(words) == "It is **free today**, un**believ**able"


def test_words_that_look_like_markdown_or_html_stay_words() -> None:
    assert text(p("# 5 * 3 <script>x</script> a_b [x](javascript:y) | &copy;")) == (
        r"\# 5 \* 3 \<script\>x\</script\> a\_b \[x\](javascript:y) \| \&copy;"
    )


def test_addresses_with_double_underscores_survive() -> None:
    assert text(p("See http://www.riverside.example/Groups__2026/Terms_of.aspx.")) == (
        "See <http://www.riverside.example/Groups__2026/Terms_of.aspx>."
    )


def test_links_are_kept_whether_related_or_in_field_codes() -> None:
    linked = '<w:hyperlink r:id="rId100">' + r("the plan") + "</w:hyperlink>"
    old = field(' HYPERLINK "mailto:jo@riverside.example" ', "Jo")
    simple = f'<w:fldSimple w:instr=" HYPERLINK &quot;tel:01632960101&quot; ">{r("ring us")}</w:fldSimple>'
    shown = text(p(linked, r(" "), old, r(" "), simple), links=("https://riverside.example/plan",))
    assert shown == (
        "[the plan](<https://riverside.example/plan>) [Jo](<mailto:jo@riverside.example>) "
        "[ring us](<tel:01632960101>)"
    )


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "JaVa\tscript:x", "data:text/html,x", "file:///C:/x", "//x"]
)
def test_links_that_lead_nowhere_good_become_their_words(target: str) -> None:
    reading = read(p('<w:hyperlink r:id="rId100">' + r("click") + "</w:hyperlink>"), links=(target,))
    assert only(reading).text == "click"
    assert "1 link left behind" in reading.notes[0]


def test_tables_become_markdown_tables_with_merged_cells_in_place() -> None:
    merged = '<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>' + p("closed") + "</w:tc>"
    rows = table(("Day", "From", "To"), ("Mon", "", "5pm")).replace(
        "</w:tbl>", f"<w:tr><w:tc>{p('Sun')}</w:tc>{merged}</w:tr></w:tbl>"
    )
    assert text(rows).split("\n") == [
        "| Day | From | To |", "| --- | --- | --- |", "| Mon |  | 5pm |", "| Sun | closed |  |"
    ]  # fmt: skip


def test_empty_items_that_only_indent_are_lifted_away() -> None:
    assert (
        to_markdown([lift_hollow(parse_blocks("<ul><li><ol><li>Deep</li></ol></li></ul>")[0])]) == "1. Deep"
    )


def test_a_table_that_only_lays_out_becomes_its_contents() -> None:
    assert text(table((bold("Boxed") + p("Words in a box."),))) == "## Boxed\n\nWords in a box."


def test_tracked_changes_are_accepted_and_counted() -> None:
    gone = "<w:del><w:r><w:delText>on time</w:delText></w:r></w:del>"
    reading = read(p(r("It opened "), gone, f"<w:ins>{r('early')}</w:ins>"))
    assert only(reading).text == "It opened early"
    assert reading.notes == ("2 tracked changes accepted (1 insertion, 1 deletion)",)


def test_comments_are_listed_and_never_printed() -> None:
    said = f'<w:comment w:id="0" w:author="Jo Field">{p("Check this date?")}</w:comment>'
    reading = read(p(r("On Friday."), '<w:r><w:commentReference w:id="0"/></w:r>'), comments=said)
    assert only(reading).text == "On Friday."
    assert reading.notes == ('1 comment left out: Jo Field: "Check this date?"',)


def test_headers_struck_out_and_hidden_words_are_left_out_and_noted() -> None:
    reading = read(p(r("Now "), r("£10", "strike"), r(" £12"), r("secret", "vanish")), header=p("Draft 3"))
    assert only(reading).text == "Now £12"
    assert [
        note for note in reading.notes if '"Draft 3"' in note or '"£10"' in note or '"secret"' in note
    ] == list(reading.notes)


def test_footnotes_stay_as_text() -> None:
    note = f'<w:footnote w:id="2">{p("Figures for 2025.")}</w:footnote>'
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    assert (
        text(p(r("Crime fell."), mark), footnotes=note) == "Crime fell.\\[1\\]\n\n\\[1\\] Figures for 2025."
    )


def test_text_boxes_come_once_after_their_paragraph() -> None:
    reading = read(p(r("Before."), text_box("Free entry")), p("After."))
    assert only(reading).text == "Before.\n\nFree entry\n\nAfter."
    assert reading.notes == ("1 text box put after the paragraph it hangs on",)


def test_pictures_are_asked_for_with_their_alt_text() -> None:
    reading = read(p(r("See the bridge."), picture("Two children on the bridge")))
    assert reading.outcome == "needs you"
    assert reading.why == '1 picture left out: "Two children on the bridge"'
    assert reading.hint == "if the item needs it, ask the sender for it as JPEG"


def test_a_container_nobody_knows_is_opened_not_dropped() -> None:
    odd = f'<w:p><w:unheardOf xmlns:q="urn:q"><q:deeper>{r("still here")}</q:deeper></w:unheardOf></w:p>'
    assert text(odd) == "still here"


def test_a_contents_list_and_unfilled_fields_are_left_out() -> None:
    prompt = (
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{p('Click here')}</w:sdtContent></w:sdt>"
    )
    reading = read(p("Hours\t2", style="TOC1"), prompt, p("Words."))
    assert only(reading).text == "Words."
    assert reading.notes == ("1 table of contents left out", "1 field left out that nobody filled in")


def test_labels_in_first_lines_are_read_bold_or_not() -> None:
    lines = (
        p(r("Title:", "b"), r(" Bus & rail: review")),
        p("Deadline: 5pm on Friday 8 January 2027"),
        p("Words: here"),
    )
    draft = only(read(*lines, p("More words.")))
    assert dict(draft.labels) == {"title": "Bus & rail: review", "closes": "5pm on Friday 8 January 2027"}
    assert draft.text == "Words: here\n\nMore words."


def test_labels_under_a_heading_keep_the_heading() -> None:
    draft = only(read(bold("Repair cafe"), p("When: Saturday 5 December 2026"), p("Bring a toaster.")))
    assert dict(draft.labels) == {"when": "Saturday 5 December 2026"}
    assert draft.text == "## Repair cafe\n\nBring a toaster."


def test_the_form_is_read_from_a_two_column_table() -> None:
    link = p('<w:hyperlink r:id="rId100">' + r("our page") + "</w:hyperlink>")
    rows = (("Title", "Repair cafe"), ("Venue:", p("Town Hall") + p("High Street")), ("Link", link),
            ("Our reference", "17"), ("Text", p("Bring a toaster.") + p("· Tea") + p("· Cake")),
            ("Closes", ""))  # fmt: skip
    reading = read(p("Hello Ruth, here it is"), table(*rows), links=("https://repair.example/",))
    draft = only(reading)
    assert dict(draft.labels) == {
        "title": "Repair cafe", "where": "Town Hall, High Street", "link": "https://repair.example/",
        "Our reference": "17",
    }  # fmt: skip
    assert draft.text == "Bring a toaster.\n\n- Tea\n- Cake"
    assert "left out, since it stands before the form: “Hello Ruth, here it is”" in reading.notes


def test_several_forms_are_several_items() -> None:
    forms = (table(("Title", title), ("From", "Age Well"), ("Text", "Words.")) for title in ("One", "Two"))
    assert [draft.labels["title"] for draft in read(*forms).drafts] == ["One", "Two"]


def test_parts_with_labels_of_their_own_are_several_items() -> None:
    parts = [
        part for day in (4, 5) for part in (bold(f"Day {day}"), p(f"When: {day} December 2026"), p("Come."))
    ]
    assert [draft.labels["when"] for draft in read(*parts).drafts] == ["4 December 2026", "5 December 2026"]
    lines = [p(line) for line in ("Title: One", "From: Us", "Words.", "Title: Two", "From: Us", "Words.")]
    assert [draft.labels["title"] for draft in read(*lines).drafts] == ["One", "Two"]


def test_headings_alone_make_one_item() -> None:
    body = (
        p("Our year", style="Title"),
        p("Spring", style="Heading1"),
        p("A."),
        p("Autumn", style="Heading1"),
        p("B."),
    )
    assert len(read(*body).drafts) == 1


def test_a_marking_anywhere_makes_no_item() -> None:
    reading = read(p("Operation Lantern."), header=p("OFFICIAL - SENSITIVE"))
    assert (reading.outcome, reading.drafts) == ("needs you", ())


@pytest.mark.parametrize(
    ("data", "why", "hint"),
    [
        (b"", "empty", ""),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "old kind", ".docx"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "password", "without"),
        (b"{\\rtf1 Hello}", "rich text", ".docx"),
        (b"Hello", "no Word document", "again"),
        (docx(p("Words"))[:300], "cut short", "again"),
        (docx(p("Words"), kind="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"),
         "spreadsheet", ".xlsx"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "OpenDocument", ".docx"),
        (zipped({"Index/Document.iwa": ""}), "Pages", "export"),
        (zipped({"word/document.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}), "document type", "again"),
        (zipped({"word/document.xml": "<w:p>"}), "damaged", "again"),
        (docx("<w:p>" * 300 + "</w:p>" * 300), "too deeply", "again"),
        (docx(), "empty", ""),
    ],
    ids=["nothing", "doc", "password", "rtf", "text", "cut", "xlsx", "odt", "pages", "entity", "xml", "deep",
         "blank"],
)  # fmt: skip
def test_what_cannot_be_read_is_named_with_what_to_ask_for(data: bytes, why: str, hint: str) -> None:
    reading = read_docx("news.docx", data)
    assert reading.drafts == ()
    assert why in reading.why
    assert hint in reading.hint


def test_a_document_with_macros_is_read_and_asked_about() -> None:
    reading = read(p("Words"), kind="application/vnd.ms-word.document.macroEnabled.main+xml")
    assert (reading.outcome, only(reading).text) == ("needs you", "Words")
    assert "macros" in reading.why


def test_the_strict_form_of_the_format_is_read() -> None:
    parts = {
        "word/document.xml": '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body>'
        "<w:p><w:r><w:t>Strict words</w:t></w:r></w:p></w:body></w:document>",
    }
    assert only(read_docx("strict.docx", zipped(parts))).text == "Strict words"


def test_a_layout_nobody_can_read_still_gives_its_words() -> None:
    broken = table(("Day",)).replace("<w:tc>", '<w:tc><w:tcPr><w:gridSpan w:val="many"/></w:tcPr>')
    reading = read(p("Words."), broken)
    assert (reading.outcome, only(reading).text) == ("needs you", "Words.\n\nDay")
    assert reading.why.endswith("without headings, lists or links: something in it is out of place")


def test_words_where_no_words_should_be_are_not_lost() -> None:
    top, under = (f"<w:tr><w:tc><w:tcPr><w:vMerge{how}/></w:tcPr>{p(words)}</w:tc></w:tr>"
                  for how, words in ((' w:val="restart"', "Shown"), ("", "Covered")))  # fmt: skip
    reading = read(f"<w:tbl>{top}{under}</w:tbl>")
    assert (reading.outcome, only(reading).text) == ("needs you", "Shown\n\nCovered")


def test_footnotes_that_cannot_be_read_are_said() -> None:
    reading = read(p("Words."), footnotes="<w:footnote>")
    assert (reading.outcome, reading.why) == ("needs you", "its footnotes could not be read")


def test_an_empty_form_makes_no_item_and_a_filled_one_only_what_was_written() -> None:
    assert read_docx("form.docx", make_form.form()).notes == ("nobody filled in the form",)
    filled = make_form.zipped(
        {**make_form.PARTS, "word/document.xml": docx_of_form().replace("<w:p/>", p("Bridge opens"), 1)}
    )
    reading = read_docx("form.docx", filled)
    assert only(reading) == Draft({"title": "Bridge opens"}, "")
    assert reading.notes == ()


def docx_of_form() -> str:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(make_form.form())) as archive:
        return archive.read("word/document.xml").decode().partition("?>\n")[2]


words = st.text(st.characters(max_codepoint=0x2FF, exclude_categories=["Cc", "Cf"]), min_size=1, max_size=30)
paragraphs = st.one_of(
    words.map(p), words.map(bold), words.map(lambda line: p(f"· {line}")),
    words.map(lambda line: table((line, line))),
    words.map(lambda line: p(r(line, "b"), r(line, "i"), r(line))),
)  # fmt: skip


@given(st.lists(paragraphs, max_size=8))
@settings(max_examples=60, deadline=None)
def test_every_word_of_the_body_is_in_the_drafts_or_the_notes(body: list[str]) -> None:
    reading = read(*body)
    shown = [*reading.notes, reading.why]
    shown += [
        part for draft in reading.drafts for part in (draft.text, *draft.labels, *draft.labels.values())
    ]
    known = set(re.findall(r"[^\W_]+", re.sub(r"\\(\W)", r"\1", " ".join(shown)).lower()))
    written = (
        re.sub(r"<[^>]+>", " ", "".join(body)).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    )
    written = written.replace("&quot;", '"').replace("&#x27;", "'")
    assert set(re.findall(r"[^\W_]{3,}", written.lower())) - known == set()


@given(st.binary(max_size=40), st.integers(0, 2**31), st.integers(0, 40))
@settings(max_examples=150, deadline=None)
def test_whatever_is_done_to_its_xml_a_reading_comes_out(noise: bytes, at: int, gap: int) -> None:
    xml = "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body>" + p(
        field('HYPERLINK "x"', "y")
    ) + table(("Title", "b"), ("From", "d")) + "</w:body></w:document>"  # fmt: skip
    data = xml.encode()
    at %= len(data)
    reading = read_docx("x.docx", zipped({"word/document.xml": data[:at] + noise + data[at + gap :]}))
    assert reading.outcome in ("read", "needs you", "not read")


LEVEL = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/></w:lvl>'
NUMBERING = (
    f'<w:abstractNum w:abstractNumId="7">{LEVEL}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="7"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)


def numbered(words: str, ident: int = 1) -> str:
    look = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{ident}"/></w:numPr>'
    return f"<w:p><w:pPr>{look}</w:pPr>{r(words)}</w:p>"


def test_a_list_goes_on_counting_after_a_paragraph_between() -> None:
    body = (numbered("Bring tea"), p("Or coffee."), numbered("Sit down"), p("Now."), numbered("Drink", 2))
    assert text(*body, numbering=NUMBERING).split("\n\n") == [
        "1. Bring tea", "Or coffee.", "2. Sit down", "Now.", "1. Drink",
    ]  # fmt: skip


def test_raised_and_lowered_figures_stay_what_they_are() -> None:
    raised = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r>'
    lowered = '<w:r><w:rPr><w:vertAlign w:val="subscript"/></w:rPr><w:t>2</w:t></w:r>'
    ordinal = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>th</w:t></w:r>'
    assert text(p("Above."), p("10 m", raised, " of CO", lowered, " on the 4", ordinal)).endswith(
        "10 m² of CO₂ on the 4th"
    )


def test_formulas_that_touch_stay_apart() -> None:
    maths = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    formula = f"<m:oMath {maths}><m:r><m:t>{{}}</m:t></m:r></m:oMath>"
    line = f"<w:p>{formula.format('a = b')}{formula.format('c = d')}</w:p>"
    assert text(p("Above."), line).endswith("a = b c = d")
