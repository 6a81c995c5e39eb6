"""From a copy's header to the list of leavers: what a relay took, one click, a bounce, and the next send."""

import re
from email import message_from_bytes, policy
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from came_back import letter, report
from officer import PEOPLE, Officer, at, through
from relays import Relay, Taken

from bulletin.leave import Leave

PAGE = "https://www.partnership.example/leave"


@pytest.fixture
def sent(tmp_path: Path) -> tuple[Officer, dict[str, Taken]]:
    """An issue that was sent for real, with a leave page and an envelope sender for each copy."""
    officer = at("collected", tmp_path)
    officer.edit(
        "bulletin.toml", '# leave = "https://bulletin.partnership.example/leave"', f'leave = "{PAGE}" #'
    )
    officer.edit(
        "bulletin.toml", "[calendar]", 'bounces = "bounces@partnership.example"\nverp = true\n\n[calendar]'
    )
    officer("build", "--date", "2026-11-26")
    officer("approve", "--by", "Jo Field")
    with Relay() as relay:
        assert officer.send(*through(relay)).code == 0
    return officer, {taken.recipient: taken for taken in relay.taken}


def ways_out(taken: Taken) -> tuple[str, str]:
    """The address of one click and the subject of the mail, as the copy's header has them."""
    header = str(message_from_bytes(taken.message, policy=policy.default)["List-Unsubscribe"])
    found = re.search(rf"<{PAGE}(/\S+)>, <mailto:\S+\?subject=(\S+)>", header)
    assert found, header
    return found[1], found[2].replace("%20", " ")


def asked(app: Leave, method: str, path: str) -> None:
    body = b"List-Unsubscribe=One-Click"
    environ: dict[str, Any] = {"REQUEST_METHOD": method, "PATH_INFO": path, "wsgi.input": BytesIO(body)}
    environ["CONTENT_LENGTH"] = str(len(body))
    app(environ, lambda *_: None)


def test_one_click_takes_off_whose_copy_it_was_and_looking_nobody(
    sent: tuple[Officer, dict[str, Taken]], tmp_path: Path
) -> None:
    officer, taken = sent
    spool = tmp_path / "leave.spool"
    for address in PEOPLE:
        asked(Leave(spool), "GET", ways_out(taken[address])[0])
    assert not spool.exists()
    asked(Leave(spool), "POST", ways_out(taken["bob@parish.example"])[0])
    assert (
        officer("bounces", spool, "--yes", json=True).data["suppress"][0]["address"] == "bob@parish.example"
    )
    assert officer("send", "--plan", json=True).data["suppressed"] == 2


def test_a_mail_with_the_token_and_a_report_to_the_mark_take_off_whose_copy_it_was(
    sent: tuple[Officer, dict[str, Taken]], tmp_path: Path
) -> None:
    officer, taken = sent
    subject = ways_out(taken["bob@parish.example"])[1]
    (tmp_path / "1.eml").write_bytes(letter("bob@home.example", subject))
    (tmp_path / "2.eml").write_bytes(report(taken["cat@parish.example"].sender, "cat@parish.example"))
    said = officer("bounces", tmp_path, "--yes", json=True).data
    assert [row["address"] for row in said["suppress"]] == ["bob@parish.example", "cat@parish.example"]


def test_no_address_in_a_copys_words_is_a_readers_own(sent: tuple[Officer, dict[str, Taken]]) -> None:
    _, taken = sent
    for address, one in taken.items():
        token = ways_out(one)[0].strip("/").encode()
        head, _, body = one.message.replace(b"=\r\n", b"").partition(b"\r\n\r\n")
        assert token in head.replace(b"\r\n ", b"")
        assert token not in body
        assert address.encode() not in body
        assert PAGE.encode() in body, "where somebody goes who was passed a copy"


def test_all_a_ledger_holds_of_somebody_forgotten_is_gone(sent: tuple[Officer, dict[str, Taken]]) -> None:
    officer, taken = sent
    token = ways_out(taken["bob@parish.example"])[0].strip("/").encode()
    assert token in officer.path("ledger.db").read_bytes()
    assert officer("lists", "forget", "bob@parish.example", "--yes").code == 0
    data = officer.path("ledger.db").read_bytes()
    assert token not in data
    assert b"bob@" not in data
    assert officer("report", json=True).data["accepted"] == 4
