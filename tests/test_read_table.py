import zipfile
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from bulletin.collect.reading import Reading
from bulletin.collect.table import read_csv, read_xlsx
from bulletin.model.contribution import FileOutcome

HEADER = ("Date", "Time", "Event", "Where", "Organised by", "More information")
CAROLS = (date(2026, 12, 10), time(19), "Carols", "St Anne's", "Age Well", "Free")


def at(day: int, hour: int) -> datetime:
    return datetime.combine(date(2026, 12, day), time(hour))


def sheet(*rows: tuple[object, ...]) -> Workbook:
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    return book


def saved(book: Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def read(*rows: tuple[object, ...]) -> Reading:
    return read_xlsx("x.xlsx", saved(sheet(*rows)))


def csv(text: str, encoding: str = "utf-8") -> Reading:
    return read_csv("x.csv", text.encode(encoding))


def test_a_row_becomes_an_item_with_its_date_in_house_style() -> None:
    reading = read(("What's on", None), (None,), HEADER, CAROLS)
    assert reading.outcome is FileOutcome.READ
    assert dict(reading.drafts[0].labels) == {
        "title": "Carols",
        "from": "Age Well",
        "when": "Thursday 10 December 2026, 7pm",
        "where": "St Anne's",
    }
    assert reading.drafts[0].text == "Free"
    assert reading.notes == ('above the table and left out: "What\'s on"',)


@pytest.mark.parametrize(
    ("names", "cells", "when"),
    [
        (("Date", "Time"), (date(2026, 12, 4), "10am - 1pm"), "Friday 4 December 2026, 10am - 1pm"),
        (("Date", "Time"), (date(2026, 12, 4), 10.5 / 24), "Friday 4 December 2026, 0.4375"),
        (("Date", "Start time", "End time"), (date(2026, 12, 4), time(10), time(12)),
         "Friday 4 December 2026, 10am to midday"),
        (("Date", "Start", "Finish"), ("Fri 4 Dec 2026", "10am", "1pm"), "Fri 4 Dec 2026, 10am to 1pm"),
        (("Start date", "End date"), (date(2026, 12, 4), date(2026, 12, 6)), "4 to 6 December 2026"),
        (("From", "To"), (date(2026, 12, 4), date(2026, 12, 6)), "4 to 6 December 2026"),
        (("Starts", "Ends"), (at(4, 10), at(4, 12)),
         "Friday 4 December 2026, 10am to midday"),
        (("Day", "Date"), ("Friday", date(2026, 12, 4)), "Friday 4 December 2026"),
        (("When", "Contact"), ("Fridays in December", "Jo"), "Fridays in December"),
    ],
)  # fmt: skip
def test_date_and_time_columns_become_one_when(
    names: tuple[str, ...], cells: tuple[object, ...], when: str
) -> None:
    assert read(("Title", *names), ("Carols", *cells)).drafts[0].labels["when"] == when


def test_hours_over_several_days_go_to_the_text() -> None:
    reading = read(("Event", "Starts", "Ends"), ("Fair", at(4, 10), at(6, 16)))
    assert reading.drafts[0].labels["when"] == "4 to 6 December 2026"
    assert reading.drafts[0].text.endswith("ends at 4pm on Sunday 6 December 2026.")


@pytest.mark.parametrize(
    ("written", "ask"),
    [
        (
            "12/04/2026",
            "row 2, column Date: 12/04/2026 could be 12 April or 4 December: write the month as a word",
        ),
        ("Thursday 4 December 2026", "row 2, column Date: 4 December 2026 is a Friday, not a Thursday"),
        (46360, "row 2, column Date: 46360 may be a date that lost its format"),
    ],
)
def test_a_mistake_is_named_by_row_and_column(written: object, ask: str) -> None:
    reading = read(("Date", "Event"), (written, "Lunch"))
    assert reading.outcome is FileOutcome.NEEDS_YOU
    assert reading.drafts[0].labels["when"] == str(written)
    assert ask in reading.notes


def test_a_date_that_shows_only_its_month_has_no_day() -> None:
    book = sheet(("Event", "Date"), ("Fair", at(1, 0)))
    book.active["B2"].number_format = "[$-809]mmm\\ yyyy"
    reading = read_xlsx("events.xlsx", saved(book))
    assert reading.drafts[0].labels["when"] == "December 2026"
    assert "no day" in " ".join(reading.notes)


def test_a_weekday_column_that_disagrees_is_asked_about() -> None:
    reading = read(("Day", "Date", "Event"), ("Thursday", date(2026, 12, 4), "Lunch"))
    assert reading.drafts[0].labels["when"] == "Thursday 4 December 2026"
    assert reading.notes == ("row 2, column Date: 4 December 2026 is a Friday, not a Thursday",)


def test_a_hidden_row_and_a_hidden_column_are_reported_and_left_out() -> None:
    book = sheet(
        (*HEADER, "Budget"), (*CAROLS, "£40"), ("14/12/2026", None, "Trustees only", None, None, None, "£9")
    )
    book.active.row_dimensions[3].hidden = True
    book.active.column_dimensions["G"].hidden = True
    reading = read_xlsx("x.xlsx", saved(book))
    assert len(reading.drafts) == 1
    assert "£40" not in reading.drafts[0].text
    assert 'column "Budget" is hidden and was left out' in reading.notes
    assert any(note.startswith('row 3 ("14/12/2026, Trustees only') for note in reading.notes)


def test_a_merged_cell_counts_for_every_row_it_covers() -> None:
    book = sheet(HEADER, CAROLS, (date(2026, 12, 11), "2pm", "Carols again", None, "Age Well", None))
    book.active.merge_cells("D2:D3")
    reading = read_xlsx("x.xlsx", saved(book))
    assert reading.drafts[1].labels["where"] == "St Anne's"
    assert "row 3, column Where: the merged cell of row 2 counts here too" in reading.notes


def test_what_has_no_label_becomes_lines_and_contacts_are_joined() -> None:
    rows = (("Event", "Date", "Cost", "Contact", "Phone", "Email"),
            ("Lunch", "4 December 2026", "£4", "Joan", "01632 960740", "joan@x.example"))  # fmt: skip
    draft = read(*rows).drafts[0]
    assert draft.text == "Cost: £4"
    assert draft.labels["contact"] == "Joan, 01632 960740, joan@x.example"


def test_a_telephone_number_that_lost_its_zero_is_asked_about() -> None:
    reading = read(("Event", "Date", "Phone"), ("Lunch", "4 December 2026", 1632960740))
    assert reading.notes == ("row 2, column Phone: 1632960740 has lost its first 0",)


def test_marks_in_a_cell_stay_words_and_its_lines_stay_lines() -> None:
    draft = read(("Title", "Details"), ("A *", "# not a heading\n- one\n- two\n<script>")).drafts[0]
    assert draft.text == "\\# not a heading\n\n- one\n- two\n\n\\<script\\>"


def test_the_address_under_the_words_is_the_link() -> None:
    book = sheet(("Event", "Date"), ("Lunch", "4 December 2026"))
    book.active["A2"].hyperlink = "https://x.example/lunch"
    draft = read_xlsx("x.xlsx", saved(book)).drafts[0]
    assert draft.labels["link"] == "https://x.example/lunch"
    assert draft.inferred == ("link from under the words in its column Event",)


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "file:///c:/x", "vbscript:x"])
def test_an_unsafe_link_is_left_out(link: str) -> None:
    book = sheet(("Event", "Link"), ("Lunch", link), ("Tea", "here"))
    book.active["B3"].hyperlink = link
    reading = read_xlsx("x.xlsx", saved(book))
    assert link not in str([draft.labels for draft in reading.drafts])
    assert any("is not a whole web address and was left out" in note for note in reading.notes)


def test_headings_between_rows_and_repeated_headers_are_left_out_with_a_note() -> None:
    reading = read(HEADER, ("December 2026",), CAROLS, HEADER, CAROLS)
    assert len(reading.drafts) == 2
    assert 'row 2 was taken for a heading and left out: "December 2026"' in reading.notes
    assert "row 4 names the columns again and was left out" in reading.notes


def test_a_form_of_two_columns_is_one_item() -> None:
    reading = read(
        ("Please fill this in",),
        ("Title:", "Free trees"),
        ("From", "Avonbridge Council"),
        ("Closing date", date(2026, 12, 18)),
        ("Details", "Two trees each."),
        (None, "Apply online."),
    )
    assert reading.outcome is FileOutcome.READ
    labels = reading.drafts[0].labels
    assert (labels["title"], labels["closes"]) == ("Free trees", "Friday 18 December 2026")
    assert reading.drafts[0].text == "Two trees each.\n\nApply online."


def test_each_sheet_is_read_and_what_is_no_list_is_named() -> None:
    book = sheet(HEADER, CAROLS)
    book.create_sheet("Prices").append(["Item", "Price"])
    secret = book.create_sheet("Secret")
    secret.append(["Event", "Date"])
    secret.sheet_state = "hidden"
    reading = read_xlsx("x.xlsx", saved(book))
    assert len(reading.drafts) == 1
    assert any(note.startswith('sheet "Prices" was left out') for note in reading.notes)


@pytest.mark.parametrize(
    "header",
    [
        ("id", "name"),
        ("Title", "First name", "Surname", "Organisation", "Email"),
        ("Name", "Email", "Phone"),
        ("Item", "Description", "Quantity", "Price"),
        ("Date", "Description", "Amount"),
    ],
)
def test_a_table_of_something_else_is_named_with_its_size(header: tuple[str, ...]) -> None:
    reading = read(header, tuple("x" for _ in header))
    assert reading.outcome is FileOutcome.NEEDS_YOU
    assert not reading.drafts
    assert f'2 rows and {len(header)} columns, beginning "{header[0]}"' in reading.why


def test_a_formula_without_its_result_is_named() -> None:
    reading = read(("Event", "Date", "Cost"), ("Lunch", "4 December 2026", "=2+2"))
    assert reading.notes == (
        "C2 holds a formula whose result is not in the file: open it in Excel and save it",
    )


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_text_table_is_read_whatever_its_separator_and_line_ends(separator: str, end: str) -> None:
    rows = (("What's on", "", ""), ("Event", "Date", "Venue"), ("Tea", "4 December 2026", '"Hall, up"'), ())
    reading = csv(end.join(separator.join(row) for row in rows))
    assert reading.drafts[0].labels["where"] == "Hall, up"
    assert reading.drafts[0].labels["when"] == "4 December 2026"


def test_a_text_table_of_windows_is_read_with_a_note() -> None:
    reading = csv("Event;Date\nCaf\u00e9;4 December 2026\n", "cp1252")
    assert reading.drafts[0].labels["title"] == "Caf\u00e9"
    assert "read as Windows-1252" in reading.notes


def test_a_quotation_mark_never_closed_swallows_nothing() -> None:
    reading = csv('Event,Date\n"Tea,4 December 2026\nLunch,5 December 2026\n')
    assert len(reading.drafts) == 2
    assert (
        "a quotation mark is opened and never closed: quotation marks were read as they stand"
        in reading.notes
    )


def test_bare_times_are_certain_in_a_column_of_the_24_hour_clock() -> None:
    rows = "Event,Date,Start\nTea,4 December 2026,10:30\nLunch,5 December 2026,14:00\n"
    assert csv(rows).drafts[0].labels["when"] == "4 December 2026, 10:30am"
    assert csv(rows.replace("14:00", "2:00")).outcome is FileOutcome.NEEDS_YOU


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "it is a spreadsheet of the old kind (.xls)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
         "it is locked with a password"),
        (b"<html><table></table></html>", "it is a web page with the name of a spreadsheet"),
        (b"hello", "it is not a spreadsheet, whatever its name says"),
    ],
)  # fmt: skip
def test_what_is_no_workbook_is_named(data: bytes, why: str) -> None:
    assert read_xlsx("x.xlsx", data).why == why


def test_macros_are_left_behind_with_a_note() -> None:
    data = BytesIO(saved(sheet(HEADER, CAROLS)))
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    assert "its macros were left behind" in read_xlsx("x.xlsm", data.getvalue()).notes


def test_five_thousand_lines_are_one_clear_line() -> None:
    reading = csv("Event,Date\n" + "Tea,4 December 2026\n" * 5000)
    assert reading.why == "it is too large to be a list for the bulletin: 5,001 rows, more than 2,000"
    assert not reading.drafts


def rebuilt(data: bytes, change: Any) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in source.namelist():
            made.writestr(name, change(name, source.read(name)))
    return out.getvalue()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"</worksheet>", b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'),
        (b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet'),
        (b"</sheetData>", b"</sheetdata>"),
    ],
)
def test_a_hostile_sheet_is_refused_in_one_line(old: bytes, new: bytes) -> None:
    change = lambda name, xml: xml.replace(old, new) if name.startswith("xl/worksheets/") else xml  # noqa: E731
    reading = read_xlsx("x.xlsx", rebuilt(saved(sheet(HEADER, CAROLS)), change))
    assert reading.outcome is not FileOutcome.READ
    assert reading.why
    assert not reading.drafts


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet='Event,Date;\t\n"12/4 Tuesday:|#=\0\u2028', max_size=200))
def test_whatever_the_text_it_gives_a_reading(text: str) -> None:
    assert isinstance(csv("Event,Date,Start\n" + text), Reading)


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=40), st.integers(0, 5000))
def test_whatever_the_bytes_it_gives_a_reading(noise: bytes, at: int) -> None:
    whole = saved(sheet(HEADER, CAROLS))
    assert isinstance(read_xlsx("x.xlsx", whole[:at] + noise + whole[at + len(noise) :]), Reading)


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=30), st.integers(0, 900))
def test_whatever_a_sheet_holds_it_gives_a_reading(noise: bytes, at: int) -> None:
    change = lambda name, xml: xml[:at] + noise + xml[at:] if "sheet1" in name else xml  # noqa: E731
    assert isinstance(read_xlsx("x.xlsx", rebuilt(saved(sheet(HEADER, CAROLS)), change)), Reading)


def test_a_stray_cell_in_the_last_row_costs_nothing() -> None:
    stray = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    change = lambda name, xml: xml.replace(b"</sheetData>", stray) if "sheet1" in name else xml  # noqa: E731
    reading = read_xlsx("x.xlsx", rebuilt(saved(sheet(HEADER, CAROLS)), change))
    assert len(reading.drafts) == 1
    assert "columns after the 100th were left out" in reading.notes
