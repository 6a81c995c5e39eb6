"""bulletin.toml: every mistake at once, in words, with its line and what is allowed."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.errors import BulletinError
from bulletin.model.partnership import SectionKind
from bulletin.settings import MistakenFileError, read_settings
from bulletin.settings.lines import line_of
from bulletin.settings.reader import is_name
from bulletin.settings.relays import Limits
from bulletin.settings.values import DEFAULT_SECTIONS, EditionSettings, RelaySettings

ROOT = Path(__file__).parent.parent
LEAST = '[partnership]\nname = "Avon"\n[sender]\nname = "Avon"\naddress = "a@avon.example"\n'


def mistakes(toml: str, start: str = LEAST) -> dict[str, str]:
    """Give what is wrong, by key; nothing where all is well."""
    try:
        read_settings(start + toml)
    except MistakenFileError as fault:
        return {one.key: f"{one.detail}; {one.hint}" for one in fault.mistakes}
    return {}


@pytest.mark.parametrize("path", ["bulletin.toml", "bulletin/pipeline/started/bulletin.toml"])
def test_the_files_we_ship_are_read_without_a_mistake(path: str) -> None:
    settings = read_settings((ROOT / path).read_text("utf-8"))

    assert settings.partnership.title == "Communicate"
    assert [section.id for section in settings.sections] == [section.id for section in DEFAULT_SECTIONS]


def test_a_file_with_the_least_in_it_has_every_default() -> None:
    settings = read_settings(LEAST)

    assert settings.sections == DEFAULT_SECTIONS
    assert settings.editions == (EditionSettings("everyone", lists=None),)
    assert settings.relay == RelaySettings("sandbox:")


def test_every_mistake_is_told_at_once_with_its_line() -> None:
    toml = '[relay]\nconnections = 500\n[editions.all]\nreach = "publc"\n[sections.Fun]\nheading = 3\n'
    with pytest.raises(MistakenFileError) as fault:
        read_settings(LEAST + toml)

    assert [one.key for one in fault.value.mistakes] == [
        "sections.Fun.heading", "sections.Fun", "editions.all.reach", "relay.connections",
    ]  # fmt: skip
    assert fault.value.detail.startswith("bulletin.toml has 4 mistakes:")
    assert "line 7, relay.connections: 500 is not a whole number from 1 to 50" in fault.value.detail
    assert 'line 9, editions.all.reach: "publc" is not allowed' in fault.value.detail


@pytest.mark.parametrize(
    ("toml", "key", "guess"),
    [
        ('[partnershp]\nname = "x"', "partnershp", "partnership"),
        ("[calendar]\nclose_at = 12:00:00", "calendar.close_at", "closes_at"),
        ('[editions.all]\nlist = ["a"]', "editions.all.list", "lists"),
        ('[editions.all]\nreach = "partner"', "editions.all.reach", "partners"),
        ('[bodies.a]\nname = "A"\nrole = "LSPs"', "bodies.a.role", "lsp"),
        ('[editions.all]\nsections = ["event"]', "editions.all.sections", "events"),
        ('[relay]\nurl = "smpts://"', "relay.url", "smtps://"),
        ('[relay]\nprofile = "m356"', "relay.profile", "m365"),
        ('[relay]\nauth = "xoauth"', "relay.auth", "xoauth2"),
    ],
)
def test_a_word_nobody_knows_gets_a_guess(toml: str, key: str, guess: str) -> None:
    assert f'did you mean "{guess}"?' in mistakes(toml)[key]


@pytest.mark.parametrize(
    ("toml", "key"),
    [
        ("[calendar]\ncloses_at = 12", "calendar.closes_at"),
        ("[calendar]\ndue_days_after = true", "calendar.due_days_after"),
        ("[calendar]\nnotice_days = -1", "calendar.notice_days"),
        ('[style]\ncolour = "red"', "style.colour"),
        ('[style]\ncolour = "#777777"', "style.colour"),
        ("[site]\nimages = true", "site.images"),
        ('[site]\nurl = "https://a.example"\nimages = "yes"', "site.images"),
        ('[style]\nknown_acronyms = "LSP"', "style.known_acronyms"),
        ('[terms]\nLSP = "x"', "terms.LSP"),
        ("[acronyms]\nLSP = 1", "acronyms.LSP"),
        ('[relay]\nrate = "fast"', "relay.rate"),
        ('[relay]\nrate = "0/s"', "relay.rate"),
        ('[relay]\nrate = "²/s"', "relay.rate"),
        ("[relay]\nrate = 5", "relay.rate"),
        ("[relay]\nconnections = 0", "relay.connections"),
        ("[relay]\nper_day = -1", "relay.per_day"),
        ('[relay]\npassword_file = "a"\npassword_command = ["b"]', "relay.password_file"),
        ('[site]\nurl = "www.avon.example"', "site.url"),
        ('[site]\nleave = "http://www.avon.example/leave"', "site.leave"),
        ('[site]\nleave = "https://www.avon.example/leave?t="', "site.leave"),
        ('[editions.all]\nsubject = "{title.__class__}"', "editions.all.subject"),
        ('[editions.all]\nsubject = "{number:>99999999}"', "editions.all.subject"),
        ('[editions.CON]\nheading = "x"', "editions.CON"),
        ('[[sections]]\nheading = "x"', "sections"),
        ("lists = 1", "lists"),
    ],
)
def test_a_value_of_the_wrong_kind_is_told(toml: str, key: str) -> None:
    start = "" if toml.startswith("lists") else LEAST
    assert key in mistakes(toml, start)


def test_what_must_be_there_is_asked_for() -> None:
    missing = mistakes('[sender]\naddress = ""\n', "")

    assert list(missing) == ["partnership.name", "sender.name", "sender.address"]


@pytest.mark.parametrize("letter", ["\\n", "\\u0007", "\\u0085", "\\u2028", "\\u202E"])
def test_no_text_may_hold_what_cannot_be_seen(letter: str) -> None:
    found = mistakes(f'[acronyms]\nLSP = "a{letter}b"\n[style]\nknown_acronyms = ["a{letter}b"]')

    assert sorted(found) == ["acronyms.LSP", "style.known_acronyms"]


@pytest.mark.parametrize(
    "toml",
    [
        '[relay]\npassword = "hunter2"',
        '[relay]\ntoken = "hunter2"',
        '[relay]\nsmtp_pass = "hunter2"',
        '[relay]\nurl = "smtps://user:hunter2@host.example:465"',
        '[relay]\nurl = "smtps://user:hunter2/@host.example:465"',
        '[relay]\nurl = "smtps://user:a@hunter2@host.example:465"',
        '[relay]\nurl = ["smtps://user:hunter2@host.example"]',
        '[relay]\npassword_command = "hunter2"',
        '[relay]\npassword_command = ["hunter2", 1]',
        '[relay]\npassword_file = ["hunter2"]',
        '[site]\nurl = "https://user:hunter2@avon.example"',
    ],
)
def test_a_secret_is_refused_and_never_repeated(toml: str) -> None:
    with pytest.raises(MistakenFileError) as fault:
        read_settings(LEAST + toml)

    assert "hunter2" not in f"{fault.value.detail} {fault.value.hint} {fault.value.mistakes}"


def test_a_secret_is_not_repeated_where_a_table_should_be() -> None:
    found = mistakes(LEAST, 'relay = "smtps://user:hunter2@host.example"\n')

    assert "hunter2" not in str(found)
    assert "relay" in found


@pytest.mark.parametrize(
    ("toml", "place"),
    [("a = [", "its last line"), ("a = 1\na = 2\nb = 3", "line 2"), ("a = " + "9" * 5000, "(the file)"),
     ("a = " + "[" * 5000, "(the file)"), ("[x", "its last line"), ("\0", "line 1"),
     ('b = 1\na = "x" y', "line 2")],
    ids=lambda value: value[:20],
)  # fmt: skip
def test_a_file_that_is_no_toml_is_one_mistake(toml: str, place: str) -> None:
    found = mistakes(toml, "")

    assert [*found] == [place]
    assert "column" not in str(found)


def test_the_kinds_of_the_default_sections_need_not_be_written() -> None:
    settings = read_settings(
        LEAST + '[sections.events]\nheading = "Dates"\n[sections.jobs]\nheading = "Jobs"\n'
    )

    assert [section.kind for section in settings.sections] == [SectionKind.EVENTS, SectionKind.ITEMS]


@pytest.mark.parametrize("name", ["", "-a", "con", "com1", "Ä", "A", "a b", "a/b", "..", "a" * 65, "a\n"])
def test_names_that_no_folder_may_have_are_refused(name: str) -> None:
    assert not is_name(name)


@pytest.mark.parametrize(
    ("key", "line"),
    [("a", 1), ("t.b", 4), ("t.gone", 3), ("u.x y.k", 6), ("w[1].r", 8), ("w[2].r", 10), ("nowhere", 0)],
)
def test_a_key_s_line_is_found(key: str, line: int) -> None:
    text = 'a = 1\n# [t]\n[t]\nb = 2\n[u."x y"]\nk = 1\n[[w]]\nr = 1\n[[w]]\n"r" = 2\n'

    assert line_of(text, key) == line


@given(st.text())
def test_whatever_the_file_holds_there_is_an_answer(text: str) -> None:
    with pytest.raises(BulletinError):
        read_settings(text)


@pytest.mark.parametrize("colour", ["#767676", "#1d5c4f", "#000000", "#C8102E"])
def test_a_colour_that_can_be_read_on_white_is_taken(colour: str) -> None:
    assert not mistakes(f'[style]\ncolour = "{colour}"')


def test_a_pale_colour_is_refused_with_one_that_would_do() -> None:
    said = mistakes('[style]\ncolour = "#ffcc00"')["style.colour"]
    suggested = said.rpartition('colour = "')[2].rstrip('"')
    assert "1.5 to 1, where 4.5 is needed" in said
    assert not mistakes(f'[style]\ncolour = "{suggested}"')


@pytest.mark.parametrize(
    "name",
    [
        "../logo.png",
        "/etc/logo.png",
        "C:\\\\logo.png",
        "https://a.example/logo.png",
        "logo.svg",
        "logo",
        "data:.png",
    ],
)
def test_a_logo_is_a_file_beside_the_settings(name: str) -> None:
    start = LEAST.replace('name = "Avon"\n', f'name = "Avon"\nlogo = "{name}"\n', 1)
    assert "put a JPEG or PNG beside bulletin.toml" in mistakes("", start)["partnership.logo"]


@pytest.mark.parametrize(
    ("toml", "loopback", "limits"),
    [
        ("", True, (10, None, None)),
        ("", False, (2, 1.0, None)),
        ('profile = "m365"', False, (3, 0.5, 10_000)),
        ('profile = "m365"', True, (3, 0.5, 10_000)),
        ('profile = "m365"\nrate = "10/s"\nconnections = 1\nper_day = 9', False, (1, 10.0, 9)),
        ('rate = "30/min"', True, (10, 0.5, None)),
        ('profile = "ses"', False, (5, 14.0, 50_000)),
    ],
)
def test_a_relay_is_spared_by_what_is_set_or_by_its_profile(
    toml: str, loopback: bool, limits: tuple[int, float | None, int | None]
) -> None:
    assert read_settings(f"{LEAST}[relay]\n{toml}\n").relay.limits(loopback=loopback) == Limits(*limits)


def test_a_bounce_address_with_no_room_for_verp_is_told() -> None:
    sender = '[sender]\nname = "A"\naddress = "a@b.example"\nbounces = "%s@b.example"\nverp = true\n'
    start = '[partnership]\nname = "A"\n'
    assert "sender.verp" in mistakes(sender % ("x" * 27), start)
    assert read_settings(start + sender % ("x" * 26)).sender.verp


ODD_ADDRESSES = """\
a@x..example a@-x.example a@x.example. a..b@x.example .a@x.example mailto:a@x.example a@x.example?subject=x
a@[192.0.2.1] =?utf-8?q?a?=@x.example a(b)@x.example a@x_y.example"""


@pytest.mark.parametrize("address", ODD_ADDRESSES.split())
def test_an_address_no_header_could_hold_is_a_mistake_at_once(address: str) -> None:
    toml = f"[sender]\nname = 'Avon'\naddress = '{address}'\n"
    found = mistakes(toml, '[partnership]\nname = "Avon"\n')
    hint = "write it like officer@council.example"
    assert found == {"sender.address": f'"{address}" is not an e-mail address; {hint}'}


@pytest.mark.parametrize(
    "address", ["o'b+c=d@x-y.example", "jo\xe9@b\xfccher.example", "a@bu\u0308cher.example"]
)
def test_an_address_of_another_alphabet_is_none(address: str) -> None:
    assert mistakes(f'reply_to = "{address}"\n') == {}
