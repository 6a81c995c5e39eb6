import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.lists import read_roster, read_suppressions
from bulletin.lists.roster import split_addresses
from bulletin.model.delivery import Member
from bulletin.model.finding import Finding, Severity

JO = Member("jo@council.example", "Jo Smith", "Avonbridge Council")


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(
            b"email,name,organisation\njo@council.example,Jo Smith,Avonbridge Council\n", id="plain"
        ),
        pytest.param(
            b"\xef\xbb\xbfE-mail address;Full name;Company\r\njo@council.example;Jo Smith;Avonbridge Council",
            id="a mark, semicolons and Windows lines",
        ),
        pytest.param(
            b"Surname\tFirst name\tE-Mail\tOrganization\rSmith\tJo\tjo@council.example\tAvonbridge Council",
            id="tabs, two name columns and old Mac lines",
        ),
        pytest.param(
            b'sep=;\nMAIL;Organisation\n\n"Jo Smith <jo@council.example>";Avonbridge Council\n;;\n',
            id="what Excel says first, a name in the cell, blank lines",
        ),
        pytest.param(
            b"Core Group contacts 2026,,\n,,\nName,Email,Employer\nJo  Smith,mailto:jo@council.example ,"
            b"Avonbridge\xc2\xa0Council",
            id="a title above the header, stray spaces",
        ),
    ],
)
def test_a_roster_is_read_as_councils_save_it(data: bytes) -> None:
    roster = read_roster("core", data)
    assert tuple(roster.members) == (JO,)
    assert roster.findings == ()


def test_a_windows_1252_file_with_semicolons_keeps_its_names_and_says_how_it_was_read() -> None:
    roster = read_roster("tamsford", "email;name\njose@parish.example;Jos\u00e9 O\u2019Neil".encode("cp1252"))
    assert tuple(roster.members) == (Member("jose@parish.example", "Jos\u00e9 O\u2019Neil"),)
    assert [(found.rule, found.severity, found.detail) for found in roster.findings] == [
        ("roster-characters", Severity.NOTE, "read as Windows-1252")
    ]


def test_one_column_of_addresses_needs_no_header() -> None:
    roster = read_roster("core", b"jo@council.example\n\nAl O'Neil <al.o'neil@parish.example>\n")
    assert tuple(roster.members) == (
        Member("jo@council.example"),
        Member("al.o'neil@parish.example", "Al O'Neil"),
    )


@pytest.mark.parametrize(
    ("cell", "people"),
    [
        ("jo@x.example", (("", "jo@x.example"),)),
        ("jo@x.example; al@x.example", (("", "jo@x.example"), ("", "al@x.example"))),
        ("jo@x.example,al@x.example,", (("", "jo@x.example"), ("", "al@x.example"))),
        ("Smith, Jo <jo@x.example>", (("Smith, Jo", "jo@x.example"),)),
        ('"Jo" <jo@x.example>; Al <al@x.example>', (("Jo", "jo@x.example"), ("Al", "al@x.example"))),
    ],
)
def test_a_cell_may_hold_names_and_several_addresses(cell: str, people: tuple[tuple[str, str], ...]) -> None:
    assert split_addresses(cell) == people


def test_a_row_that_cannot_be_used_is_a_finding_and_the_others_stay() -> None:
    data = b"name,email\nJo,jo@council.example\nAl,al at parish\nSam,\n,\n"
    roster = read_roster("core", data)
    assert [member.address for member in roster.members] == ["jo@council.example"]
    assert roster.findings == (
        Finding(
            "roster-address",
            Severity.WARNING,
            "mailing_lists/core.csv",
            3,
            '"al at parish" in the e-mail column is not an e-mail address: there is no @ in it',
            "put the address right; until then they get nothing",
        ),
        Finding(
            "roster-address",
            Severity.WARNING,
            "mailing_lists/core.csv",
            4,
            "Sam has no e-mail address",
            "write the address in the e-mail column, or take the row out",
        ),
    )


def test_somebody_twice_in_a_file_is_a_note_and_one_member() -> None:
    roster = read_roster("core", b"email\nJo@Council.example\njo@council.EXAMPLE\n")
    assert [member.address for member in roster.members] == ["Jo@Council.example"]
    assert [(found.line, found.severity, found.detail) for found in roster.findings] == [
        (3, Severity.NOTE, "jo@council.EXAMPLE is already on line 2")
    ]


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"name,telephone\nJo,01632 960001\n", "roster-unreadable"),
        (b"PK\x03\x04\x00\x00\x00", "roster-unreadable"),
        (b"", "roster-empty"),
        (b"email,name\n", "roster-empty"),
    ],
    ids=["no e-mail column", "a workbook", "nothing", "a header alone"],
)
def test_a_file_with_nobody_in_it_says_why(data: bytes, rule: str) -> None:
    roster = read_roster("core", data)
    assert tuple(roster.members) == ()
    assert [(found.rule, found.severity) for found in roster.findings] == [(rule, Severity.WARNING)]


@pytest.mark.parametrize(
    "data",
    [
        b'email,name\njo@council.example,"Jo\nal@parish.example,Al\n',
        b'name,email\n"Jo,jo@council.example\nAl",al@parish.example\nSam,sam@parish.example\n',
    ],
    ids=["to the end of the file", "until a later line closes it"],
)
def test_an_unclosed_quotation_mark_costs_its_own_rows_and_is_said(data: bytes) -> None:
    roster = read_roster("core", data)
    assert roster.members
    assert {found.rule for found in roster.findings} == {"roster-row"}
    assert len(roster.members) + len(roster.findings) == data.count(b"@")


def test_invisible_characters_in_an_address_are_taken_out_and_noted() -> None:
    roster = read_roster("core", "email\njo\u200b@coun\u00adcil.example\u00a0\n".encode())
    assert tuple(roster.members) == (Member("jo@council.example"),)
    assert [found.detail for found in roster.findings] == [
        "removed 1 zero-width character",
        "removed 1 soft hyphen",
    ]


def test_a_curly_apostrophe_in_an_address_is_shown_with_the_straight_one_to_type() -> None:
    roster = read_roster("core", "email\nal.o\u2019neil@parish.example\n".encode("cp1252"))
    hints = [found.hint for found in roster.findings if found.rule == "roster-address"]
    assert hints == ["type al.o'neil@parish.example, with a straight one; until then they get nothing"]


def test_no_suppression_file_suppresses_nobody() -> None:
    assert read_suppressions(None).keys == frozenset()
    assert read_suppressions(b"email\n").findings == ()


def test_suppressions_are_keys_whatever_their_case_and_the_words_beside_them() -> None:
    data = (
        b"email,since\nJo@Council.example,2026\nal@parish.example (left in May),\nSam <sam@parish.example>,\n"
    )
    suppressions = read_suppressions(data)
    assert suppressions.keys == {"jo@council.example", "al@parish.example", "sam@parish.example"}
    assert suppressions.findings == ()


@pytest.mark.parametrize(
    "data", [b"email,name\n,Jo Smith\n", b"name\nJo\n", b'email,name\n"jo@x.example,Jo\n']
)
def test_a_suppression_that_names_nobody_leaves_the_file_unsure(data: bytes) -> None:
    suppressions = read_suppressions(data)
    assert [found.severity for found in suppressions.unsure] == [Severity.WARNING]
    assert suppressions.unsure == suppressions.findings


@given(st.binary() | st.text().map(str.encode))
def test_any_bytes_make_a_roster_with_a_member_or_a_finding(data: bytes) -> None:
    for prefix in (b"", b"email,name\n", b'"email";name\n'):
        roster = read_roster("core", prefix + data)
        assert roster.members or roster.findings
        read_suppressions(prefix + data)


@pytest.mark.parametrize(
    "rest", ["", '\nDee;dee@fell.example;\n"Broken;x@fell.example;\n'], ids=["alone", "beside a broken row"]
)
@pytest.mark.parametrize("header", ["E-mail;Name;Organisation", "email;;"])
def test_a_name_with_a_comma_as_a_mail_program_copies_it_is_read(header: str, rest: str) -> None:
    data = f'{header}\n"Lee, Ann" <ann.lee@fell.example>;;{rest}'.encode()

    assert next(iter(read_roster("fell", data).members)) == Member("ann.lee@fell.example", "Lee, Ann", "")


def test_a_quotation_mark_inside_a_cell_is_told_as_what_it_is() -> None:
    found = read_roster("fell", b'email,name\na@x.example,"Ann" Lee\nb@x.example,Bob\n')

    assert [member.address for member in found.members] == ["b@x.example"]
    assert "do not go round whole cells" in found.findings[0].detail


@pytest.mark.parametrize(
    "text",
    [
        "Email\njo@x.example, al@x.example\n",
        "Name;Email\nJo;jo@x.example;al@x.example\n",
        "Email,Name\njo@x.example, al@x.example,Jo\n",
        "Email,Name,Organisation\njo@x.example,Jo,Hall, Al <al@x.example>\n",
    ],
)
def test_an_address_beside_its_column_is_not_lost_without_a_word(text: str) -> None:
    roster = read_roster("core", text.encode())
    assert [one.address for one in roster.members] == ["jo@x.example"]
    (finding,) = roster.findings
    assert (finding.severity, finding.line) == (Severity.WARNING, 2)
    assert finding.detail == "al@x.example stands beside the e-mail column and was not read"


def test_a_name_that_is_the_own_address_is_no_fault() -> None:
    assert read_roster("core", b"Email,Name\njo@x.example,JO@x.example\n").findings == ()


@pytest.mark.parametrize("row", ["jo@x.example, al@x.example", "jo@x.example,moved,2026-01-01, al@x.example"])
def test_who_left_beside_the_column_keeps_everybody_from_being_written_to(row: str) -> None:
    found = read_suppressions(f"email,reason,since\n{row}\n".encode())
    assert found.keys == {"jo@x.example"}
    assert [one.line for one in found.unsure] == [2]
    assert read_suppressions(b"email,reason\njo@x.example,asked by al@x.example\n").unsure == ()


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Jo Field,jo@x.example\nAl,al@x.example\n", [("jo@x.example", "Jo Field"), ("al@x.example", "Al")]),
        ("jo@x.example;Jo\nal@x.example;\n", [("jo@x.example", "Jo"), ("al@x.example", "")]),
        ("Hall\tjo@x.example\tJo\nInn\tal@x.example\n", [("jo@x.example", ""), ("al@x.example", "")]),
        ("jo@x.example, al@x.example\n", [("jo@x.example", ""), ("al@x.example", "")]),
        ("Jo Field <jo@x.example>\nSmith, Al <al@x.example>\n",
         [("jo@x.example", "Jo Field"), ("al@x.example", "Smith, Al")]),
    ],
)  # fmt: skip
def test_rows_without_names_above_them_are_read(text: str, people: list[tuple[str, str]]) -> None:
    roster = read_roster("core", text.encode())
    assert [(one.address, one.name) for one in roster.members] == people


@pytest.mark.parametrize(
    "heading", ["Your email address", "E-mail (work)", "Cyfeiriad e-bost", "Preferred email"]
)
def test_the_one_heading_that_speaks_of_email_is_it(heading: str) -> None:
    text = f"Email list of November,,\nName,{heading},Phone\nJo,jo@x.example,01632 960000\n"
    assert [one.address for one in read_roster("core", text.encode()).members] == ["jo@x.example"]


def test_of_two_such_headings_none_is_guessed() -> None:
    roster = read_roster("core", b"Name,Work email now,Home email now\nJo,jo@x.example,jo@home.example\n")
    assert [one.detail for one in roster.findings] == ["there is no column called email"]
