"""Send the measured messages by ourselves, in a process of its own, and print what it took as JSON."""

import json
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from bulletin.deliver.record.ledger import Ledger
from bulletin.deliver.record.rows import Entry, Naming
from bulletin.deliver.sending.pace import Pace
from bulletin.deliver.sending.run import Order, deliver
from bulletin.deliver.smtp.client import loopback_transport
from bulletin.mail.message import Letterhead, content, message_id
from bulletin.model.delivery import Recipient
from bulletin.model.edition import Edition
from bulletin.model.partnership import Reach

NOON = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
LETTERHEAD = Letterhead(
    "Avonbridge Partnership", "bulletin@avonbridge.example", "", "communicate.avonbridge.example",
    "leave@avonbridge.example", "bounces@avonbridge.example", "avonbridge.example", "2026-11",
)  # fmt: skip


def edition(size: int) -> Edition:
    """Make an edition whose message has about so many bytes."""
    line = "The council and its partners have news for you: a £60,000 fund, consultations and events. "
    words = "\n".join([line] * (size // 2 // len(line)))
    return Edition(
        "everyone", Reach.PUBLIC, date(2026, 11, 26), "Communicate 14", f"<p>{words}</p>", words, ()
    )


def people(count: int) -> Iterator[Recipient]:
    """Give everybody, one at a time."""
    for number in range(count):
        address = f"reader{number}@council.example"
        yield Recipient(address, address, f"Reader {number}", "everyone", "core-group")


def prepare(path: Path, count: int, size: int) -> None:
    """Write the ledger of a send that has not begun."""
    naming = Naming(lambda key: message_id("2026-11", key, "avonbridge.example", b"secret"))
    with Ledger.open(path, "2026-11", rehearsal=False) as ledger:
        one = content(edition(size), LETTERHEAD, calendar_attached=False)
        ledger.enrol([one], people(count), naming=naming, first_sent_at=NOON)


def run(path: Path, port: int, connections: int, rate: float) -> dict[str, float]:
    """Send to everybody in a ledger."""
    with Ledger.open(path, "2026-11", rehearsal=False) as ledger:
        order = Order(clock=lambda: NOON, connections=connections, pace=Pace(rate or None))
        begun, used = time.perf_counter(), time.process_time()
        sent = deliver(ledger, lambda: loopback_transport(port, lambda: NOON), order)
        took, used = time.perf_counter() - begun, time.process_time() - used
    return {"accepted": sent.tally.accepted, "seconds": took, "cpu": used, "peak": peak()}


def peak() -> float:
    """Give the most memory this process has had, in MB."""
    status = Path("/proc/self/status").read_text("utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def commit_slowly(*, one_by_one: bool) -> None:
    """Let every commit take a millisecond more, and hold one mark alone where that is asked for."""
    commit = Ledger.commit

    def slow(self: Ledger, dots: Sequence[tuple[Entry, datetime]] = ()) -> None:
        for part in [[dot] for dot in dots] if one_by_one and dots else [dots]:
            time.sleep(0.001)
            commit(self, part)

    Ledger.commit = slow  # type: ignore[method-assign]


def main(words: list[str]) -> None:
    """Do as told: prepare LEDGER COUNT SIZE, or run LEDGER PORT CONNECTIONS RATE [slow|slow-single]."""
    path = Path(words[1])
    if words[0] == "prepare":
        prepare(path, int(words[2]), int(words[3]))
        return
    if words[5:]:
        commit_slowly(one_by_one=words[5] == "slow-single")
    print(json.dumps(run(path, int(words[2]), int(words[3]), float(words[4]))))


if __name__ == "__main__":
    main(sys.argv[1:])
