"""`bulletin resolve`: whoever is unknown is settled from a log, a report or the officer's word."""

import gzip
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from officer import PEOPLE, Officer, at, through
from relays import Relay

from bulletin.deliver.record.ledger import read_tally

ANN, BOB, CAT, DAN = PEOPLE
SENT = datetime.fromisoformat("2026-11-26T09:00")
DSN = """From: mailer-daemon@relay.example
Subject: Delivered
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example
{envid}
Final-Recipient: rfc822; x@y.example
Action: {action}
Status: 2.0.0

--b
Content-Type: text/rfc822-headers

Subject: x
{header}
--b--
"""


@pytest.fixture
def officer(tmp_path: Path) -> Officer:
    """An officer whose send lost two people's answers: Ann's and Bob's; Cat and Dan were accepted."""
    officer = at("approved", tmp_path)
    with Relay(drops={("TAKEN", ANN): 1, ("DOT", BOB): 1}) as relay:
        said = officer.send(*through(relay))
    assert said.code == 3, said.err
    return officer


def ids(officer: Officer) -> dict[str, str]:
    """Give everybody's Message-ID."""
    from bulletin.deliver.record.ledger import Ledger
    from bulletin.model.delivery import Outcome

    with Ledger.open(officer.path("ledger.db"), "2026-11", rehearsal=False) as ledger:
        return {
            entry.recipient.address: entry.message_id
            for outcome in Outcome
            for entry in ledger.entries(outcome)
        }


def postfix(names: dict[str, str], *, hours: int = 0, end: bool = True) -> str:
    """Write what Postfix logs of this send: Bob's message began and broke off."""
    moment = SENT + timedelta(hours=hours)
    stamp = moment.strftime("%b %d %H:%M:%S")
    before = f"{moment - timedelta(minutes=1):%b %d %H:%M:%S}"
    lines = [f"{before} mx postfix/smtpd[9]: AB12C0: client=localhost[127.0.0.1]"]
    for number, (address, message_id) in enumerate(names.items()):
        queue = f"4D{number}F00D"
        lines.append(f"{stamp} mx postfix/cleanup[11]: {queue}: message-id={message_id}")
        if address != BOB:
            lines.append(
                f"{stamp} mx postfix/qmgr[12]: {queue}: from=<a@b.example>, size=900, nrcpt=1 (queue active)"
            )
            lines.append(
                f"{stamp} mx postfix/smtp[13]: {queue}: to=<{address}>, relay=mx.far.example[192.0.2.1]:25, "
                "delay=1, dsn=2.0.0, status=sent (250 2.0.0 ok as 77)"
            )
    if end:
        lines.append(
            f"{(moment + timedelta(minutes=9)):%b %d %H:%M:%S} mx postfix/qmgr[12]: 4D0F00D: removed"
        )
    return "\n".join(lines) + "\n"


def outcomes(officer: Officer) -> dict[str, str]:
    people = read_tally(officer.path("ledger.db")).people
    return {one.address.lower(): one.outcome.value for one in people}


def test_without_evidence_it_names_who_is_unknown_and_changes_nothing(officer: Officer) -> None:
    said = officer("resolve")

    assert said.code == 3
    assert all(f"unknown   {one}: look for <2026-11." in said.out for one in (ANN, BOB))
    assert "--assume-sent ADDRESS or --resend ADDRESS" in said.out


@pytest.mark.parametrize("hours", [0, 1, -5], ids=["our time", "an hour ahead", "far west"])
def test_a_postfix_log_settles_everybody(officer: Officer, tmp_path: Path, hours: int) -> None:
    log = tmp_path / "mail.log"
    log.write_text(postfix(ids(officer), hours=hours), "utf-8")
    said = officer("resolve", "--relay-log", log, json=True)

    assert (said.code, said.data["accepted"], said.data["pending"], said.data["unknown"]) == (4, 3, 1, 0)
    assert outcomes(officer) == {ANN: "accepted", BOB: "pending", CAT: "accepted", DAN: "accepted"}
    with Relay() as relay:
        assert officer.send(*through(relay)).code == 0
        assert list(relay.counts()) == [BOB]


def test_what_a_log_does_not_cover_stays_unknown(officer: Officer, tmp_path: Path) -> None:
    log = tmp_path / "mail.log"
    log.write_text(postfix(ids(officer), end=False), "utf-8")
    said = officer("resolve", "--relay-log", log)

    assert said.code == 3
    assert outcomes(officer) == {ANN: "accepted", BOB: "unknown", CAT: "accepted", DAN: "accepted"}
    assert f"unknown   {BOB}: mail.log does not show that it was taken" in said.out


def test_a_log_of_something_else_settles_nobody(officer: Officer, tmp_path: Path) -> None:
    log = tmp_path / "mail.log"
    log.write_text(postfix({"x@y.example": "<other@y.example>"}), "utf-8")
    officer("resolve", "--relay-log", log)

    assert [outcomes(officer)[one] for one in (ANN, BOB)] == ["unknown", "unknown"]


def test_an_exim_log_packed_too(officer: Officer, tmp_path: Path) -> None:
    names = ids(officer)
    lines = ["2026-11-26 08:00:00 1tAAAA-000000000AA-11Zz <= a@b.example H=x S=1 id=old@y.example"]
    for number, address in enumerate((ANN, CAT, DAN)):
        queue = f"1tABC{number}-0000000012D-0aZz"
        lines.append(
            f"2026-11-26 09:00:01 {queue} <= a@b.example H=localhost S=900 id={names[address][1:-1]}"
        )
        mark = "** " if address == ANN else "=> "
        lines.append(
            f"2026-11-26 09:00:02 {queue} {mark}{address} R=dns T=smtp H=far.example: 550 no such user"
        )
    lines.append("2026-11-26 09:30:00 1tAAAA-000000000AA-11Zz Completed")
    (tmp_path / "mainlog.gz").write_bytes(gzip.compress("\n".join(lines).encode()))
    officer("resolve", "--relay-log", tmp_path / "mainlog.gz")

    assert outcomes(officer) == {ANN: "rejected", BOB: "pending", CAT: "accepted", DAN: "accepted"}


@pytest.mark.parametrize("where", ["envid", "header"])
@pytest.mark.parametrize(
    ("action", "outcome"), [("delivered", "accepted"), ("relayed", "accepted"), ("failed", "rejected")]
)
def test_a_delivery_report_settles_one_person(
    officer: Officer, tmp_path: Path, where: str, action: str, outcome: str
) -> None:
    name = ids(officer)[ANN]
    envid = f"Original-Envelope-Id: {name[1:-1].replace('@', '+40')}\n" if where == "envid" else ""
    header = f"Message-ID: {name}" if where == "header" else "X-Other: y"
    (tmp_path / "report.eml").write_text(DSN.format(envid=envid, header=header, action=action), "utf-8")
    officer("resolve", "--relay-log", tmp_path / "report.eml")

    assert [outcomes(officer)[one] for one in (ANN, BOB)] == [outcome, "unknown"]


@pytest.mark.parametrize("at", [5, 200])
def test_a_packed_log_that_is_damaged_is_refused_in_a_sentence(
    officer: Officer, tmp_path: Path, at: int
) -> None:
    packed = bytearray(gzip.compress(postfix(ids(officer)).encode()))
    packed[at : at + 40] = b"\xff" * 40
    (tmp_path / "mail.log.1.gz").write_bytes(packed)
    said = officer("resolve", "--relay-log", tmp_path / "mail.log.1.gz")

    assert (said.code, "mail.log.1.gz could not be read" in said.err) == (1, True)


def test_the_officers_word_settles_one_person(officer: Officer) -> None:
    said = officer("resolve", "--assume-sent", ANN.upper(), "--resend", BOB)

    assert said.code == 4
    assert [outcomes(officer)[one] for one in (ANN, BOB)] == ["accepted", "pending"]
    assert "accepted  ann@parish.example: taken to have been sent, on the officer's word" in said.out


@pytest.mark.parametrize(
    ("who", "words"),
    [
        (CAT, "cat@parish.example is accepted, not unknown"),
        ("x@y.example", "nobody with the address x@y.example"),
    ],
)
def test_only_the_unknown_can_be_settled(officer: Officer, who: str, words: str) -> None:
    said = officer("resolve", "--resend", who)

    assert (said.code, words in said.err) == (2, True)


def test_a_plan_settles_nothing(officer: Officer) -> None:
    said = officer("resolve", "--plan", "--assume-sent", ANN)

    assert "Nothing was changed" in said.out
    assert outcomes(officer)[ANN] == "unknown"


def test_nothing_can_be_settled_before_a_send(tmp_path: Path) -> None:
    said = at("approved", tmp_path)("resolve")

    assert (said.code, "was not sent to anybody yet" in said.err) == (1, True)


def rotated(officer: Officer, folder: Path, pause: int = 1) -> Path:
    """Write a log in three files, the newest with the plain name: Ann's is cut between two of them."""
    lines = postfix(ids(officer)).splitlines()
    cut = next(number for number, line in enumerate(lines) if "qmgr" in line)
    folder.mkdir()
    (folder / "mail.log.2.gz").write_bytes(gzip.compress("\n".join(lines[:1]).encode()))
    (folder / "mail.log.1").write_text("\n".join(lines[1:cut]) + "\n", "utf-8")
    later = [line.replace("09:00:00", f"09:0{pause}:00") for line in lines[cut:]]
    (folder / "mail.log").write_text("\n".join(later) + "\n", "utf-8")
    return folder


@pytest.mark.parametrize("pause", [0, 1], ids=["within a second", "after a minute"])
@pytest.mark.parametrize("named", ["folder", "files"])
def test_a_log_that_was_rotated_is_read_as_one(
    officer: Officer, tmp_path: Path, named: str, pause: int
) -> None:
    folder = rotated(officer, tmp_path / "log", pause)
    files = [word for path in sorted(folder.iterdir()) for word in ("--relay-log", path)]
    officer("resolve", *(("--relay-log", folder) if named == "folder" else files))

    assert outcomes(officer) == {ANN: "accepted", BOB: "pending", CAT: "accepted", DAN: "accepted"}


def test_where_a_file_of_a_log_may_be_missing_nobody_is_missed_in_it(
    officer: Officer, tmp_path: Path
) -> None:
    officer("resolve", "--relay-log", rotated(officer, tmp_path / "log", pause=4))

    assert outcomes(officer)[BOB] == "unknown"


def test_a_log_that_shows_nothing_does_not_hide_one_that_does(officer: Officer, tmp_path: Path) -> None:
    whole, other = tmp_path / "mail.log", tmp_path / "mail.log.1"
    whole.write_text(postfix(ids(officer)), "utf-8")
    other.write_text(postfix({"x@y.example": "<other@y.example>"}, hours=-9, end=False), "utf-8")
    officer("resolve", "--relay-log", other, "--relay-log", whole)

    assert [outcomes(officer)[one] for one in (ANN, BOB)] == ["accepted", "pending"]


def test_whom_one_of_two_servers_has_is_not_missed_in_the_log_of_the_other(
    officer: Officer, tmp_path: Path
) -> None:
    names = ids(officer)
    first, second = tmp_path / "mx1.log", tmp_path / "mx2.log"
    first.write_text(postfix({CAT: names[CAT], BOB: names[BOB]}), "utf-8")
    second.write_text(postfix({ANN: names[ANN], DAN: names[DAN]}), "utf-8")
    said = officer("resolve", "--relay-log", first)

    assert [outcomes(officer)[one] for one in (ANN, BOB)] == ["unknown", "unknown"]
    assert "mx1.log lacks others too whom the relay took in these minutes (1)" in said.out
    officer("resolve", "--relay-log", first, "--relay-log", second)
    assert [outcomes(officer)[one] for one in (ANN, BOB)] == ["accepted", "pending"]


def test_a_report_counts_beside_a_log_that_does_not_know_the_message(
    officer: Officer, tmp_path: Path
) -> None:
    header = f"Message-ID: {ids(officer)[ANN]}"
    for name, action in (("a.eml", "failed"), ("b.eml", "delayed")):
        (tmp_path / name).write_text(DSN.format(envid="", header=header, action=action), "utf-8")
    (tmp_path / "z.log").write_text(postfix({"x@y.example": "<other@y.example>"}), "utf-8")
    named = (word for name in ("a.eml", "b.eml", "z.log") for word in ("--relay-log", tmp_path / name))
    officer("resolve", *named)

    assert [outcomes(officer)[one] for one in (ANN, BOB)] == ["rejected", "unknown"]
