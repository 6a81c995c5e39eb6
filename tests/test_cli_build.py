"""`check`, `build` and `approve`: the same bytes every time, waivers with a reason, holds, a sign-off."""

import json
import re
import shutil
from pathlib import Path

import pytest
from officer import ROOT, Officer, Said, at, contents

FRIDAY = ("When: 5 December 2026", "When: Friday 5 December 2026")
HOLD = ("Title: A winter walk", "Hold: waiting for the route\nTitle: A winter walk")


@pytest.fixture
def officer(tmp_path: Path) -> Officer:
    return at("collected", tmp_path)


@pytest.fixture
def stopped(officer: Officer) -> Officer:
    """An officer with an item whose weekday is wrong."""
    officer.edit_item("a-winter-walk", *FRIDAY)
    return officer


def editions(officer: Officer) -> dict[str, bytes]:
    return contents(officer.path("editions"))


def titles(officer: Officer) -> str:
    return officer.path("editions/everyone/bulletin.txt").read_text("utf-8")


def printed_waivers(said: Said) -> str:
    """The lines to paste, as they were printed."""
    return "\n".join(
        re.findall(r"^ +(\[\[waivers\]\]|rule = .*|path = .*|reason = .*)$", said.err, re.MULTILINE)
    )


def paste(officer: Officer, waivers: str, reason: str) -> None:
    path = officer.path("issue.toml")
    path.write_text(
        path.read_text("utf-8") + waivers.replace('reason = ""', f'reason = "{reason}"') + "\n", "utf-8"
    )


def test_two_builds_on_the_same_day_give_the_same_bytes(officer: Officer) -> None:
    officer("build")
    first = editions(officer)
    for path in officer.path("editions").rglob("*.*"):
        path.unlink()
    officer.outside("build", env={"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C"})

    assert editions(officer) == first
    assert len(first) > 6


def test_building_again_touches_nothing_that_did_not_change(officer: Officer) -> None:
    officer("build")
    times = {path: path.stat().st_mtime_ns for path in officer.path("editions").rglob("*.*")}
    officer("build")

    assert {path: path.stat().st_mtime_ns for path in officer.path("editions").rglob("*.*")} == times


def test_what_an_earlier_build_left_is_taken_away(officer: Officer) -> None:
    officer("build")
    assert officer.path("editions/everyone/a-winter-walk.ics").exists()
    officer.edit_item("a-winter-walk", *HOLD)
    officer("build")

    assert not officer.path("editions/everyone/a-winter-walk.ics").exists()


def test_a_build_is_for_the_day_it_goes_out(officer: Officer) -> None:
    officer.on("2026-11-19")("build", "--date", "2026-11-27")

    assert "Closes today" in titles(officer)
    assert officer.on("2026-11-27")("approve", "--by", "Jo").code == 0


def test_an_error_stops_the_build_and_nothing_is_written(stopped: Officer) -> None:
    said = stopped("build")

    assert said.code == 1
    assert "1 error stopped the build:" in said.err
    assert "5 December 2026 is a Saturday, not a Friday" in said.err
    assert not stopped.path("editions").exists()


def test_check_and_build_agree_about_what_stops(stopped: Officer) -> None:
    found = [one for one in stopped("check", json=True).data["findings"] if one["severity"] == "error"]

    assert [one["path"] for one in found] == ["issues/2026-11/items/a-winter-walk.md"]
    assert found[0]["detail"] in stopped("build").err


def test_a_waiver_is_printed_ready_to_paste_and_needs_a_reason(stopped: Officer) -> None:
    paste(stopped, printed_waivers(stopped("build")), "")
    without, checked = stopped("build"), stopped("check")
    path = stopped.path("issue.toml")
    path.write_text(
        path.read_text("utf-8").replace('reason = ""', 'reason = "the walk is famous for it"'), "utf-8"
    )

    assert without.code == 1
    assert "gives no reason" in checked.out
    assert stopped("build").code == 0


def test_what_was_waived_is_recorded_with_its_reason(stopped: Officer) -> None:
    paste(stopped, printed_waivers(stopped("build")), "the walk is famous for it")
    said = stopped("check", json=True)

    waived = [one["waived"] for one in said.data["findings"] if one["severity"] == "error"]
    assert (said.code, waived) == (0, ["the walk is famous for it"])
    assert "waived because: the walk is famous for it" in stopped("check").out


def test_a_waiver_is_printed_once_for_each_rule_and_file(stopped: Officer) -> None:
    stopped.edit_item("a-winter-walk", "Where:", "Closes: Friday 6 December 2026\nWhere:")
    said = stopped("build")

    assert "2 errors stopped the build:" in said.err
    assert printed_waivers(said).count("[[waivers]]") == 1
    paste(stopped, printed_waivers(said), "both are right")
    assert stopped("build").code == 0


def test_a_waiver_whose_item_was_mended_is_pointed_out(stopped: Officer) -> None:
    paste(stopped, printed_waivers(stopped("build")), "for now")
    stopped.edit_item("a-winter-walk", "Friday 5", "Saturday 5")

    assert "matches no finding" in stopped("check").out


def test_what_cannot_be_waived_offers_no_waiver_and_stays(officer: Officer) -> None:
    officer.edit_item("a-winter-walk", "Bring boots.", "OFFICIAL-SENSITIVE\n\nBring boots.")
    first = officer("build")
    path = "issues/2026-11/items/a-winter-walk.md"
    paste(officer, f'[[waivers]]\nrule = "official-sensitive"\npath = "{path}"\nreason = ""', "please")

    assert (first.code, printed_waivers(first)) == (1, "")
    assert officer("build").code == 1
    assert "cannot be waived" in officer("check").out


def test_what_is_for_partners_alone_reaches_partners_alone(officer: Officer) -> None:
    officer("build")

    assert "Draft priorities" in officer.path("editions/partners/bulletin.txt").read_text("utf-8")
    assert "Draft priorities" not in titles(officer)


def test_an_item_waits_while_it_has_a_hold_line_and_comes_in_without_it(officer: Officer) -> None:
    officer.edit_item("a-winter-walk", *HOLD)
    officer("build")
    assert "A winter walk" not in titles(officer)
    assert "waiting for the route" in officer("status").out

    officer.edit_item("a-winter-walk", "Hold: waiting for the route\n", "")
    officer("build")
    assert "A winter walk" in titles(officer)


def test_the_mistakes_of_an_item_that_waits_stop_nothing(stopped: Officer) -> None:
    stopped.edit_item("a-winter-walk", *HOLD)

    assert stopped("build").code == 0


def test_a_late_item_waits_and_comes_in_when_its_hold_line_is_deleted(officer: Officer) -> None:
    late = officer.on("2026-11-23")
    late("collect")
    (officer.folder / "contributions/late.md").write_text(
        "Title: Late news\nSection: Successes\n\nWell.\n", "utf-8"
    )
    late("collect")
    assert late("status", json=True).data["held"] == {"late-news": "late"}
    officer("build")
    assert "Late news" not in titles(officer)

    officer.edit_item("late-news", "Hold: late\n", "")
    officer("build")
    assert "Late news" in titles(officer)


def test_an_item_under_embargo_waits_and_is_said_to(officer: Officer) -> None:
    text = "Title: Big news\nSection: Successes\nEmbargo: 9am on Tuesday 1 December 2026\n\nHush.\n"
    (officer.folder / "contributions/news.md").write_text(text, "utf-8")
    officer.on("2026-11-19")("collect")

    assert officer("status", json=True).data["held"] == {"big-news": "embargo"}
    officer("build")
    assert "Big news" not in titles(officer)


def test_an_embargo_that_runs_stops_the_build_once_its_hold_line_is_deleted(officer: Officer) -> None:
    text = "Title: Big news\nSection: Successes\nEmbargo: 9am on Tuesday 1 December 2026\n\nHush.\n"
    (officer.folder / "contributions/news.md").write_text(text, "utf-8")
    officer.on("2026-11-19")("collect")
    officer.edit_item("big-news", "Hold: embargo\n", "")

    assert officer("build").code == 1
    assert officer.on("2026-12-02")("build").code == 0


def test_an_edition_with_nothing_in_it_is_pointed_out(tmp_path: Path) -> None:
    said = at("new", tmp_path)("build")

    assert (said.code, said.out.count("there is nothing in it")) == (0, 2)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("issues/2026-11/items/a-winter-walk.md", "Bring boots", "Bring stout boots"),
        ("issues/2026-11/items/a-winter-walk.md", *HOLD),
        ("issues/2026-11/issue.toml", 'introduction = ""', 'introduction = "Hello."'),
        ("bulletin.toml", 'title = "Communicate"', 'title = "Together"'),
    ],
    ids=["an item", "a hold", "the introduction", "the title"],
)
def test_what_was_changed_after_the_build_is_not_signed_off(
    tmp_path: Path, name: str, old: str, new: str
) -> None:
    officer = at("built", tmp_path)
    officer.edit(name, old, new)
    said = officer("approve", "--by", "Jo")

    assert (said.code, officer.path("approval.json").exists()) == (1, False)
    assert "something was changed after the edition" in said.err
    assert "run: bulletin build --date 2026-11-26" in said.err


def test_an_approval_names_nobody_who_gets_it(tmp_path: Path) -> None:
    officer = at("approved", tmp_path)

    approval = json.loads(officer.path("approval.json").read_text("utf-8"))
    assert (approval["by"], len(approval["recipients"])) == ("Jo Field", 4)
    assert "@" not in officer.path("approval.json").read_text("utf-8")


def test_with_nobody_on_the_lists_there_is_nothing_to_approve(tmp_path: Path) -> None:
    officer = at("built", tmp_path)
    for name in ("core", "clerks"):
        (officer.folder / f"mailing_lists/{name}.csv").write_text("email,name\n", "utf-8")

    said = officer("approve", "--by", "Jo")
    assert said.code == 1
    assert "there is nobody to send to" in said.err


def test_no_address_of_any_list_is_in_an_edition(tmp_path: Path) -> None:
    officer = at("built", tmp_path)

    assert not any(b"@parish.example" in data for data in editions(officer).values())


def test_the_page_to_look_at_has_its_pictures_beside_it_and_binds_nothing(officer: Officer) -> None:
    shutil.copy(ROOT / "logo.png", officer.folder / "logo.png")
    officer.edit("bulletin.toml", "[partnership]\n", '[partnership]\nlogo = "logo.png"\n')
    said = officer("build")
    officer("approve", "--by", "Jo")
    page = officer.path("editions/everyone/look.html")
    sent = page.with_name("bulletin.html").read_bytes()

    assert "editions/everyone/look.html, to open in a browser" in said.out
    assert page.read_bytes() == sent.replace(b'src="cid:', b'src="images/') != sent
    assert list(page.with_name("images").iterdir())
    page.unlink()
    assert officer.send().code == 0
