"""`bulletin pack`: a partner's own copy of what was approved, and nothing else."""

import re
import zipfile
from email import message_from_bytes, policy
from io import BytesIO
from pathlib import Path

import pytest
from icalendar import Calendar
from officer import PEOPLE, Officer, at, contents

from bulletin.pack import contents as said_in

FUND = "a-fund-for-halls"


def files(officer: Officer, name: str = "north") -> dict[str, bytes]:
    return contents(officer.path(f"packs/{name}"))


def words(officer: Officer, name: str = "north") -> str:
    """All that a pack's files say, zips and messages unpacked."""
    return "\n".join(found.words for found in said_in(files(officer, name)))


def own_item(officer: Officer, text: str, name: str = "Staff lunch.md") -> None:
    path = officer.folder / "packs/north" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def test_every_pack_is_made_with_a_line_each(officer: Officer) -> None:
    said = officer("pack")

    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines() == [
        "north: 3 items: issues/2026-11/packs/north/",
        "inner: 4 items: issues/2026-11/packs/inner/",
    ]
    assert {"bulletin.eml", "bulletin.html", "bulletin.txt", "bulletin.docx", "parts.zip"} <= set(
        files(officer)
    )


def test_programs_are_told_every_file(officer: Officer) -> None:
    (made,) = officer("pack", "north", json=True).data["packs"]

    assert made["name"] == "north"
    assert sorted(made["files"]) == sorted(f"{made['folder']}/{name}" for name in files(officer))
    assert set(made["items"]) == {FUND, "a-police-survey", "a-winter-walk"}
    assert (made["missing"], made["draft"]) == ([], False)


def test_a_name_slightly_wrong_is_guessed(officer: Officer) -> None:
    said = officer("pack", "nort")

    assert said.code == 2
    assert 'there is no pack "nort"' in said.err
    assert 'did you mean "north"?' in said.err


def test_without_packs_it_says_how_to_ask_for_one(officer: Officer) -> None:
    text = (officer.folder / "bulletin.toml").read_text("utf-8")
    (officer.folder / "bulletin.toml").write_text(
        re.sub(r"(?ms)^\[packs\.[^#]*?^(?=\[[^p]|#|\Z)", "", text), "utf-8"
    )
    said = officer("pack")

    assert said.code == 1
    assert "there are no packs in bulletin.toml" in said.err


def test_a_second_run_gives_the_same_bytes_and_touches_nothing(officer: Officer) -> None:
    officer("pack")
    paths = [path for path in officer.path("packs").rglob("*") if path.is_file()]
    before = files(officer), {path: path.stat().st_mtime_ns for path in paths}
    officer.on("2027-03-01").outside("pack", env={"PYTHONHASHSEED": "7"})

    assert (files(officer), {path: path.stat().st_mtime_ns for path in paths}) == before


def test_nothing_is_made_of_what_nobody_approved(tmp_path: Path) -> None:
    officer = at("built", tmp_path)
    said = officer("pack")

    assert said.code == 1
    assert "not approved" in said.err
    assert "bulletin pack --draft" in said.err
    assert not officer.path("packs").exists()


def test_a_draft_says_so_and_can_be_neither_sent_nor_collected(tmp_path: Path) -> None:
    officer = at("built", tmp_path)
    said = officer("pack", "north", "--draft")
    made = contents(officer.path("packs-draft/north"))

    assert said.out == "north: 3 items: issues/2026-11/packs-draft/north/ (DRAFT)\n"
    assert set(made) == {"bulletin.docx", "bulletin.html", "bulletin.txt"}
    assert all(
        "DRAFT: North" in next(iter(said_in({"a.txt": data}))).words for data in [made["bulletin.txt"]]
    )
    assert b"DRAFT: North" in made["bulletin.html"]
    assert any("DRAFT: North" in found.words for found in said_in({"a.docx": made["bulletin.docx"]}))


def test_an_approved_pack_takes_its_draft_away(officer: Officer) -> None:
    officer("pack", "north", "--draft")
    officer("pack", "north")

    assert not officer.path("packs-draft/north").exists()
    assert b"DRAFT" not in files(officer)["bulletin.html"]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("items/a-winter-walk.md", "Bring boots", "Bring stout boots"),
        ("items/a-winter-walk.md", "Title: A winter walk", "Hold: later\nTitle: A winter walk"),
        ("issue.toml", "# [holds]", '[holds]\na-winter-walk = "later"\n#'),
    ],
    ids=["edited", "held in its file", "held in the issue"],
)
def test_what_changed_after_approval_stops_it(officer: Officer, name: str, old: str, new: str) -> None:
    officer.edit(f"issues/2026-11/{name}", old, new)
    said = officer("pack")

    assert said.code == 1
    assert f"after issue 2026-11 was approved: issues/2026-11/{name}" in said.err
    assert not officer.path("packs").exists()


def test_an_item_nobody_approved_is_in_no_pack(officer: Officer) -> None:
    text = "Title: Quite new\nSection: Successes\n\nNobody has looked at this story yet at all.\n"
    officer.path("items/new.md").write_text(text, "utf-8")

    assert officer("pack").code == 0
    assert "Quite new" not in words(officer)


def test_what_is_for_partners_is_in_their_pack_alone(officer: Officer) -> None:
    officer("pack")

    assert "Draft priorities" in words(officer, "inner")
    assert "Draft priorities" not in words(officer, "north")


def test_what_goes_no_further_is_in_no_pack(officer: Officer) -> None:
    officer.edit("issues/2026-11/items/draft-priorities.md", "Share: partners", "Share: no")
    officer("build", "--date", "2026-11-26")
    officer("approve", "--by", "Jo")

    assert officer("pack").code == 0
    assert "Draft priorities" not in words(officer, "inner")


@pytest.mark.parametrize("where", ["introduction", "strapline", "contact"])
def test_words_of_a_partners_item_in_a_public_pack_stop_it(officer: Officer, where: str) -> None:
    item = "issues/2026-11/items/draft-priorities.md"
    officer.edit(item, "Not yet.", "Nobody knows of the new depot in Mill Lane so far, nor should they.")
    officer("build", "--date", "2026-11-26")
    officer("approve", "--by", "Jo")
    told = 'publisher = "North Partnership"\n'
    officer.edit("bulletin.toml", 'contact = "North office, 01632 960150"\n', "")
    officer.edit("bulletin.toml", told, f'{told}{where} = "of the new depot in Mill Lane so far, nor"\n')
    said = officer("pack")

    assert said.code == 1
    assert f'"north" would hold the text of {item}' in said.err
    assert not officer.path("packs").exists()


def test_an_address_that_is_in_no_item_stops_it(officer: Officer) -> None:
    (officer.folder / "templates").mkdir(exist_ok=True)
    html = (Path(__file__).parent.parent / "templates/email.html").read_text("utf-8")
    html = html.replace("</h1>", "</h1><p>ann@parish.example</p>")
    officer("build")
    (officer.folder / "templates/email.html").write_text(html, "utf-8")
    said = officer("pack")

    assert said.code == 1
    assert "the address ann@parish.example in bulletin.html, which none of its items gives" in said.err


def test_nobody_on_a_list_and_no_way_off_one_is_in_a_pack(officer: Officer) -> None:
    officer.send()
    officer("pack")
    told = words(officer) + words(officer, "inner")

    assert [one for one in PEOPLE if one in told.lower()] == []
    assert "Leave Communicate" not in told
    assert "partnership.example" not in told


def test_the_message_opens_for_editing_and_is_from_nobody(officer: Officer) -> None:
    officer("pack")
    mail = message_from_bytes(files(officer)["bulletin.eml"], policy=policy.default)

    assert mail.keys() == ["Subject", "X-Unsent", "MIME-Version", "Content-Type"]
    assert mail["X-Unsent"] == "1"
    assert mail["Subject"] == "North Partnership: A fund for halls; A police survey"
    page = mail.get_body(("html",))
    assert page
    assert (
        page.get_content().replace("\r\n", "\n").strip() == files(officer)["bulletin.html"].decode().strip()
    )
    assert {part.get_filename() for part in mail.iter_attachments()} == {
        name for name in files(officer) if name.endswith(".ics")
    }


def test_it_says_what_it_was_adapted_from(officer: Officer) -> None:
    officer.edit("bulletin.toml", '# url = "https://bulletin.', 'url = "https://bulletin.')
    officer("build", "--date", "2026-11-26")
    officer("approve", "--by", "Jo")
    officer("pack")
    page = files(officer)["bulletin.html"].decode()

    assert "Adapted from Communicate issue 1, Thursday 26 November 2026" in page
    assert 'href="https://bulletin.partnership.example/2026-11/"' in page


def test_the_days_left_are_not_said_since_nobody_knows_when_it_is_read(officer: Officer) -> None:
    officer("pack")

    assert b"Closes tomorrow" in officer.path("editions/everyone/bulletin.html").read_bytes()
    assert "Closes tomorrow" not in words(officer)


def test_a_partner_adds_items_of_their_own_before_the_others(officer: Officer) -> None:
    own_item(officer, "Title: Staff lunch\nSection: Events\nWhen: 4 December 2026\n\nAll welcome.\n")
    (made,) = officer("pack", "north", json=True).data["packs"]

    assert "staff-lunch" in made["items"]
    page = files(officer)["bulletin.html"]
    assert page.index(b"<h3") < page.rindex(b"Staff lunch</h3>") < page.index(b"A winter walk</h3>")


LUNCH = "Title: Staff lunch\nSection: Events\nWhen: 4 December 2026, 1pm\n\nAll welcome.\n"


def lunch(officer: Officer, name: str = "north", issue: str = "2026-11") -> tuple[str, int]:
    """The UID and the SEQUENCE of the partner's own event."""
    data = (officer.folder / f"issues/{issue}/packs/{name}/staff-lunch.ics").read_bytes()
    (event,) = Calendar.from_ical(data).walk("VEVENT")
    return str(event["UID"]).partition("@")[0], int(event["SEQUENCE"])


def test_an_own_event_that_changes_gets_a_higher_number_once(officer: Officer) -> None:
    numbers = []
    for text in (LUNCH, LUNCH, LUNCH.replace("1pm", "2pm"), LUNCH.replace("1pm", "2pm"), LUNCH):
        own_item(officer, text)
        assert officer("pack", "north").code == 0
        numbers.append(lunch(officer))
    assert numbers == [("staff-lunch.north.2026-11", number) for number in (0, 0, 1, 1, 2)]


def test_a_draft_has_told_nobody_anything(officer: Officer) -> None:
    own_item(officer, LUNCH)
    officer("pack", "north", "--draft")
    own_item(officer, LUNCH.replace("1pm", "2pm"))
    officer("pack", "north")

    assert lunch(officer) == ("staff-lunch.north.2026-11", 0)


def test_own_events_of_two_partners_are_two_though_their_files_have_one_name(officer: Officer) -> None:
    own_item(officer, LUNCH)
    inner = officer.folder / "packs/inner"
    inner.mkdir(parents=True)
    (inner / "Staff lunch.md").write_text(LUNCH, "utf-8")
    officer("pack")

    assert lunch(officer) != lunch(officer, "inner")


def test_an_own_event_that_stays_for_the_next_issue_stays_the_same_event(officer: Officer) -> None:
    own_item(officer, LUNCH)
    officer("pack", "north")
    later = officer.on("2026-11-27")
    later("new", "2027-02", "--meeting", "2027-02-11")
    for words in (("build",), ("approve", "--by", "Jo"), ("pack", "north")):
        assert later("--issue", "2027-02", *words).code == 0
    assert lunch(officer, issue="2027-02") == ("staff-lunch.north.2026-11", 0)


def test_a_damaged_record_of_own_events_is_a_sentence(officer: Officer) -> None:
    own_item(officer, LUNCH)
    officer("pack", "north")
    officer.path("packs-announced/north.json").write_text("{", "utf-8")
    said = officer("pack", "north")

    assert said.code == 1
    assert "issues/2026-11/packs-announced/north.json is damaged" in said.err


def test_an_own_item_never_takes_the_place_of_an_issues(officer: Officer) -> None:
    own_item(officer, "Title: Ours\nSection: Successes\n\nOur own.\n", "A fund for halls.md")
    (made,) = officer("pack", "north", json=True).data["packs"]

    assert {FUND, f"{FUND}-2"} <= set(made["items"])


@pytest.mark.parametrize("label", ["Share: partners", "Share: no", "Hold: later"])
def test_an_own_item_goes_no_further_than_it_says(officer: Officer, label: str) -> None:
    own_item(officer, f"Title: Staff lunch\n{label}\nSection: Successes\n\nAll welcome.\n")

    assert officer("pack", "north").code == 0
    assert "Staff lunch" not in words(officer)


def test_an_error_in_an_own_item_stops_it(officer: Officer) -> None:
    own_item(officer, "Title: Staff lunch\nSection: Events\nWhen: Monday 4 December 2026\n\nAll welcome.\n")
    said = officer("pack", "north")

    assert said.code == 1
    assert "packs/north/Staff lunch.md:3: error:" in said.err
    assert not officer.path("packs/north").exists()


def test_chosen_items_are_all_there_is_and_missing_ones_are_named(officer: Officer) -> None:
    chosen = 'publisher = "North Partnership"\nitems = ["a-winter-walk", "draft-priorities", "gone"]\n'
    officer.edit("bulletin.toml", 'publisher = "North Partnership"\n', chosen)
    said = officer("pack", "north")

    assert said.out.splitlines() == [
        "north: 1 item: issues/2026-11/packs/north/",
        "  Mind: it asks for draft-priorities, gone, and this issue has no such item for it",
    ]


def test_a_pack_that_nothing_fits_is_not_made_and_an_old_one_goes(officer: Officer) -> None:
    officer("pack")
    officer.edit("bulletin.toml", 'publisher = "North Partnership"\n', 'publisher = "N"\nitems = ["gone"]\n')
    said = officer("pack", "north")

    assert "north: nothing fits it, none made" in said.out
    assert not officer.path("packs/north").exists()


def test_a_file_that_is_not_ours_any_more_is_taken_away(officer: Officer) -> None:
    officer("pack")
    (officer.path("packs/north") / "old.ics").write_text("old", "utf-8")
    officer("pack")

    assert "old.ics" not in files(officer)


def test_a_partners_workspace_collects_approves_and_passes_on_the_parts(
    officer: Officer, tmp_path: Path
) -> None:
    officer("pack", "inner")
    theirs = Officer(tmp_path / "theirs", "2026-11-26")
    assert theirs("init", ".").code == 0
    with zipfile.ZipFile(BytesIO(files(officer, "inner")["parts.zip"])) as parts:
        for name in parts.namelist():
            if name.startswith("markdown/"):
                (theirs.folder / "contributions" / Path(name).name).write_bytes(parts.read(name))
    theirs("new", "2026-11", "--meeting", "2026-11-20")
    collected = theirs("collect", json=True).data["files"]
    built = theirs("build", json=True)

    assert {one["outcome"] for one in collected if one["path"].endswith(".md")} == {"read"}
    assert built.code == 0, built.err
    for name in (FUND, "a-police-survey", "a-winter-walk", "draft-priorities"):
        old, new = (one.path(f"items/{name}.md").read_text("utf-8") for one in (officer, theirs))
        assert labels(new) >= labels(old) - {"Format: 1"}
        assert new.rpartition("---")[2] == old.rpartition("---")[2]


def labels(source: str) -> set[str]:
    """The label lines of an item, without those of the tool."""
    head = source.split("---")[1].strip().splitlines()
    return {line for line in head if not line.startswith(("Inferred", "Source", "From: ", "Section: "))}
