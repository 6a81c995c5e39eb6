"""A small issue to send in tests: its content, its people, its ledger, a moment."""

import math
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from pathlib import Path

from bulletin.deliver.loop import Loop
from bulletin.deliver.record.ledger import Ledger
from bulletin.deliver.record.reading import WAITING
from bulletin.deliver.record.rows import Entry, Naming
from bulletin.mail.message import Content, Letterhead, content, message, message_id
from bulletin.model.delivery import Delivery, Envelope, Recipient
from bulletin.model.edition import Edition
from bulletin.model.partnership import Reach

LETTERHEAD = Letterhead(
    "Avonbridge Partnership",
    "bulletin@avonbridge.example",
    "",
    "communicate.avonbridge.example",
    "leave@avonbridge.example",
    "bounces@avonbridge.example",
    "avonbridge.example",
    "2026-11",
)
NOON = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


def clock() -> datetime:
    return NOON


def edition(words: str = "Hello\n", name: str = "everyone") -> Edition:
    return Edition(name, Reach.PUBLIC, date(2026, 11, 26), "Communicate 14", f"<p>{words}</p>", words, ())


def content_of(words: str = "Hello\n", name: str = "everyone") -> Content:
    return content(edition(words, name), LETTERHEAD, calendar_attached=False)


def person(n: int | str, name: str = "", edition: str = "everyone") -> Recipient:
    address = n if isinstance(n, str) else f"p{n}@council.example"
    return Recipient(address.lower(), address, name, edition, "core-group")


def identify(key: str) -> str:
    return message_id("2026-11", key, "avonbridge.example", b"secret")


NAMING = Naming(identify)


def delivery(to: str = "p1@council.example", data: bytes | None = None) -> Delivery:
    recipient = person(to)
    made = data or message(content_of(), recipient, identify(recipient.key), NOON)
    return Delivery(recipient.key, Envelope(LETTERHEAD.sender, to), identify(recipient.key), made)


def open_ledger(folder: Path, rehearsal: bool = False) -> Ledger:
    return Ledger.open(folder / "ledger.db", "2026-11", rehearsal=rehearsal)


def enrol(ledger: Ledger, count: int, words: str = "Hello\n") -> int:
    people = [person(n) for n in range(count)]
    return ledger.enrol([content_of(words)], people, naming=NAMING, first_sent_at=NOON)


def waiting(ledger: Ledger) -> list[Entry]:
    """Whoever is pending or deferred, in the order they were enrolled."""
    return ledger.page(0, WAITING)


def copies(folder: Path) -> Counter[str]:
    """How many copies each recipient has in a folder of .eml files."""
    mails = [
        message_from_bytes(path.read_bytes(), policy=policy.default) for path in sorted(folder.glob("*.eml"))
    ]
    return Counter(str(mail["To"]) for mail in mails)


class Nothing:
    """A chore that is never due."""

    def due(self) -> float:
        return math.inf

    def do(self) -> None:
        raise AssertionError


def by_turns(*jobs: Callable[[], object]) -> None:
    """Run jobs as a run's connections run."""
    loop = Loop(Nothing())
    loop.add(*jobs)
    loop.run()
