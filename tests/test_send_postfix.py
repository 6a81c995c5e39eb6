"""Through a real Postfix, cut off at the worst moment: its log settles everybody rightly."""

import time
from pathlib import Path

import postfix
import pytest
from certificates import HOST, trusted
from officer import PEOPLE, Officer, at
from postfix import Cutter, Postfix

from bulletin.deliver.record.ledger import read_tally
from bulletin.model.delivery import Outcome

pytestmark = [pytest.mark.slow, postfix.needs_root]
PASSWORD = "correct horse battery é"  # noqa: S105  the test's own relay's


class Running(Officer):
    """An officer whose clock runs: a log is of real time."""

    def _line(self, *words: object, json: bool) -> list[str]:
        return ["-C", str(self.folder), *(["--json"] if json else []), *map(str, words)]


def officer_for(count: int, folder: Path) -> Officer:
    """An officer whose issue is approved today for so many people."""
    officer = at("collected", folder)
    officer.add_many(count - len(PEOPLE))
    (officer.folder / "secret").touch(mode=0o600)
    (officer.folder / "secret").write_text(f"{PASSWORD}\n", "utf-8")
    trusted(officer.folder)
    officer.edit(
        "bulletin.toml", "[relay]\n", '[relay]\nca_file = "authority.pem"\npassword_file = "secret"\n'
    )
    today = time.strftime("%Y-%m-%d")
    for words in (("build", "--date", today), ("approve", "--by", "Jo")):
        said = officer.on(today)(*words)
        assert said.code == 0, said.err
    return Running(officer.folder, today)


def people(officer: Officer) -> dict[str, Outcome]:
    return {one.address: one.outcome for one in read_tally(officer.path("ledger.db")).people}


def send_cut_off(officer: Officer, relay: Postfix, url: str, count: int) -> set[str]:
    """Send over a wire that is cut now and then, and give who is unknown once the relay is done."""
    wire = Cutter(relay.port)
    words = ("--relay", url.format(port=wire.port), "--connections", 5)
    said = officer.send(*words, confirm=count, json=True)
    assert said.code in (3, 4), said.err
    wire.close()
    relay.wait_until_idle()
    unknown = {one for one, outcome in people(officer).items() if outcome is Outcome.UNKNOWN}
    assert unknown, "no cut came between an end and its answer"
    return unknown


def settled_by(officer: Officer, relay: Postfix) -> dict[str, str]:
    said = officer("resolve", "--relay-log", relay.log, json=True)
    assert said.data["unknown"] == 0, said.out
    return {one["address"]: one["outcome"] for one in said.data["settled"]}


def test_a_postfix_cut_off_at_the_dot_is_settled_by_its_log(tmp_path: Path) -> None:
    count, url = 120, "smtp://127.0.0.1:{port}"
    officer = officer_for(count, tmp_path)
    with postfix.running() as relay:
        unknown = send_cut_off(officer, relay, url, count)
        settled = settled_by(officer, relay)
        assert settled == {one: "accepted" if relay.passed_on()[one] else "pending" for one in unknown}
        assert officer.send("--relay", url.format(port=relay.port), confirm=count).code == 0
        relay.wait_until_idle()
        assert (len(relay.passed_on()), set(relay.passed_on().values())) == (count, {1})


@pytest.fixture
def mailboxes() -> list[str]:
    return [one.partition("@")[0] for one in PEOPLE] + [f"p{n}" for n in range(500 - len(PEOPLE))]


def test_500_mailboxes_have_one_copy_each_by_tls_and_sasl(tmp_path: Path, mailboxes: list[str]) -> None:
    officer = officer_for(500, tmp_path)
    with postfix.running(boxes=mailboxes, password=PASSWORD) as relay:
        url = f"smtp+starttls://{postfix.USER}@{HOST}:{relay.port}"
        said = officer.send("--relay", url, "--connections", 10, confirm=500)
        relay.wait_until_idle()
        assert (said.code, said.err.count("Traceback")) == (0, 0)
        assert (len(relay.boxes()), set(relay.boxes().values())) == (500, {1})


def test_500_mailboxes_have_one_copy_each_though_the_line_is_cut(
    tmp_path: Path, mailboxes: list[str]
) -> None:
    officer = officer_for(500, tmp_path)
    with postfix.running(boxes=mailboxes, password=PASSWORD) as relay:
        url = f"smtp+starttls://{postfix.USER}@{HOST}:{{port}}"
        unknown = send_cut_off(officer, relay, url, 500)
        settled = settled_by(officer, relay)
        assert settled == {one: "accepted" if relay.boxes()[one] else "pending" for one in unknown}
        assert set(settled.values()) == {"accepted", "pending"}
        said = officer.send("--relay", url.format(port=relay.port), confirm=500)
        relay.wait_until_idle()
        assert said.code == 0, said.err
        assert (len(relay.boxes()), set(relay.boxes().values())) == (500, {1})


def test_a_postfix_that_wants_a_password_gets_nothing_for_a_wrong_one(tmp_path: Path) -> None:
    officer = officer_for(len(PEOPLE), tmp_path)
    with postfix.running(boxes=["ann"], password=PASSWORD.title()) as relay:
        said = officer.send("--relay", f"smtp+starttls://{postfix.USER}@{HOST}:{relay.port}")
        assert "the user name or the password was not accepted" in said.err
        assert (said.code, relay.boxes().total()) == (5, 0)
