"""E-mails with what they carry: items of one file, troubles told, a marking anywhere refuses all of it."""

from email.message import EmailMessage
from pathlib import Path

import pytest
from officer import Officer, at

from bulletin.collect.taking import kinds

ITEM = b"Title: A fair\nSection: Key messages\n\nAll are welcome.\n"


def mail(
    *attached: tuple[str, bytes], text: str = "Our hall reopens on Monday after six weeks of work."
) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "Jo Field <jo@mail.kingsbrook.example>", "Hall reopens"
    message.set_content(text)
    for name, data in attached:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


@pytest.fixture
def officer(tmp_path: Path) -> Officer:
    officer = at("new", tmp_path).on("2026-11-19")
    for path in (officer.folder / "contributions").iterdir():
        path.unlink()
    body = '\n[bodies.kingsbrook]\nname = "Kingsbrook Area Partnership"\ndomains = ["kingsbrook.example"]\n'
    with (officer.folder / "bulletin.toml").open("a", encoding="utf-8") as file:
        file.write(body)
    return officer


def collect(officer: Officer, data: bytes, name: str = "a.eml") -> dict[str, object]:
    (officer.folder / "contributions" / name).write_bytes(data)
    said = officer("collect", json=True)
    assert said.code == 0, said.err
    (row,) = (row for row in said.data["files"] if row["path"] == f"contributions/{name}")
    return row


def item(officer: Officer, name: str) -> str:
    return (officer.path("items") / f"{name}.md").read_text("utf-8")


def test_what_is_attached_becomes_items_of_the_same_file(officer: Officer) -> None:
    row = collect(officer, mail(("fair.txt", ITEM)))

    assert row["items"] == ["hall-reopens", "a-fair"]
    assert "Source: contributions/a.eml" in item(officer, "a-fair")


def test_the_sender_gives_the_organisation_and_no_address(officer: Officer) -> None:
    collect(officer, mail(("fair.txt", ITEM)))

    for name in ("hall-reopens", "a-fair"):
        assert "From: Kingsbrook Area Partnership" in item(officer, name)
        assert "organisation from the sender's address, @mail.kingsbrook.example" in item(officer, name)
        assert "jo@" not in item(officer, name).lower()


def test_the_attachment_of_an_e_mail_without_words_has_its_sender_too(officer: Officer) -> None:
    row = collect(officer, mail(("fair.txt", ITEM), text="Please find attached."))

    assert row["items"] == ["a-fair"]
    assert "From: Kingsbrook Area Partnership" in item(officer, "a-fair")


def test_an_e_mail_in_an_e_mail_is_read_and_its_file_too(officer: Officer) -> None:
    inner = mail(("fair.txt", ITEM), text="The market moves to Friday, as every year before Christmas.")
    assert len(collect(officer, mail(("inner.eml", inner)))["items"]) == 3


def test_too_deep_and_too_many_are_told(officer: Officer) -> None:
    deep = mail(("deepest.txt", ITEM))
    for _ in range(3):
        deep = mail(("inner.eml", deep))
    many = mail(*((f"{n}.txt", ITEM + bytes(str(n), "ascii")) for n in range(22)))

    assert "its attachment deepest.txt: it lies too deep" in collect(officer, deep)["why"]
    row = collect(officer, many, "b.eml")
    assert "its attachment 20.txt: it is one too many" in row["why"]
    assert (len(row["items"]), row["outcome"]) == (21, "needs you")


def test_an_attachment_that_cannot_be_read_needs_a_person(officer: Officer) -> None:
    row = collect(officer, mail(("photo.heic", b"\0\0\0\x18ftypheic")))

    assert (row["outcome"], row["items"]) == ("needs you", ["hall-reopens"])
    assert "its attachment photo.heic: it is a photograph from an iPhone" in row["why"]
    assert row["hint"]


def test_a_wrong_ending_is_read_by_what_it_is(officer: Officer) -> None:
    event = "BEGIN:VEVENT\r\nSUMMARY:Fair\r\nDTSTART;VALUE=DATE:20261205\r\nEND:VEVENT\r\n"
    row = collect(officer, f"BEGIN:VCALENDAR\r\n{event}END:VCALENDAR\r\n".encode(), "fair.txt")
    assert row["items"] == ["fair"]


@pytest.mark.parametrize("where", ["body", "attached", "name", "inner"])
def test_a_marking_anywhere_refuses_all_of_it_and_keeps_no_copy(officer: Officer, where: str) -> None:
    marked = b"Title: A plan\nSection: Key messages\n\nOFFICIAL-SENSITIVE\n"
    data = {
        "body": mail(("fair.txt", ITEM), text="T0ZGSUNJQUw: OFFICIAL - SENSITIVE\n" + "\u00a3" * 900),
        "attached": mail(("fair.txt", ITEM), ("plan.txt", marked + b"\xa3" * 900)),
        "name": mail(("OFFICIAL-SENSITIVE plan.txt", ITEM)),
        "inner": mail(("inner.eml", mail(("plan.txt", marked)))),
    }[where]
    row = collect(officer, data)

    assert (row["outcome"], row["items"]) == ("needs you", [])
    assert "OFFICIAL-SENSITIVE" in row["why"]
    assert not list(officer.path("originals").rglob("*.eml"))
    assert not list(officer.path("items").glob("*.md"))


def test_an_original_is_kept_as_it_came(officer: Officer) -> None:
    data = mail(("fair.txt", ITEM))
    collect(officer, data)
    assert (officer.path("originals") / "a.eml").read_bytes() == data


def test_collecting_again_changes_nothing(officer: Officer) -> None:
    first = collect(officer, mail(("fair.txt", ITEM)))
    before = {path.name: path.read_bytes() for path in officer.path("items").iterdir()}

    assert collect(officer, mail(("fair.txt", ITEM))) == first
    assert {path.name: path.read_bytes() for path in officer.path("items").iterdir()} == before


def test_an_edited_item_of_an_attachment_is_kept(officer: Officer) -> None:
    collect(officer, mail(("fair.txt", ITEM)))
    officer.edit_item("a-fair", "All are welcome.", "Bring a friend.")
    collect(officer, mail(("fair.txt", ITEM)))
    assert "Bring a friend." in item(officer, "a-fair")


def test_notes_stand_below_the_file_three_at_most(officer: Officer) -> None:
    rows = [(f"{n}.txt", b"") for n in range(1, 6)]
    row = collect(officer, mail(("fair.txt", ITEM), ("fair again.txt", ITEM), *rows))
    lines = officer("collect").out.split("\n")

    assert "its attachment fair again.txt: it is there twice" in row["notes"]
    assert sum(line.startswith(" " * 11) and "hint: " not in line for line in lines) == 4
    rest = f"and {len(row['notes']) - 3} more, in issues/2026-11/collected.txt"
    assert any(line.strip() == rest for line in lines)
    assert all(note in officer.path("collected.txt").read_text("utf-8") for note in row["notes"])


def test_a_record_of_an_earlier_version_without_notes_is_read(officer: Officer) -> None:
    import json

    collect(officer, mail())
    path = officer.path("collected.json")
    record = json.loads(path.read_bytes())
    for row in record["files"]:
        del row["notes"]
    path.write_text(json.dumps(record), "utf-8")

    assert officer("status").code == 0
    assert officer("collect").code == 0


def test_readers_that_misbehave_do_not_stop_the_others(
    officer: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    rogues = {
        f".{name}": kinds.Kind("a rogue", f"rogue_readers:{name}") for name in ("crash", "fail", "read")
    }
    monkeypatch.setattr(kinds, "ENDINGS", {**kinds.ENDINGS, **rogues})
    for ending in rogues:
        (officer.folder / f"contributions/a{ending}").write_bytes(b"x")
    rows = officer("collect", json=True).data["files"]

    assert [row["outcome"] for row in rows] == ["not read", "not read", "needs you"]
    assert (officer.path("originals") / "a.crash").is_file()
