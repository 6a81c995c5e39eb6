"""`test`: one copy, marked TEST, to anybody; no ledger knows of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from bulletin.dates.house import house_date, house_time
from bulletin.deliver.relays.relay import is_loopback, is_rehearsal, open_transport
from bulletin.deliver.sending.quota import Quota
from bulletin.deliver.sending.run import offer
from bulletin.deliver.transport import Clock
from bulletin.errors import BulletinError, UsageError
from bulletin.lists import identity
from bulletin.mail.addresses import wire_address
from bulletin.mail.message import message
from bulletin.model.delivery import Attempt, Delivery, Envelope, Recipient
from bulletin.pipeline.access import access
from bulletin.pipeline.approve import read_built
from bulletin.pipeline.job import Job
from bulletin.pipeline.joining import sound_address
from bulletin.pipeline.letters import contents, identifying
from bulletin.pipeline.plan import usable_relay
from bulletin.pipeline.send import quota
from bulletin.wording import did_you_mean

FOLDER = "tests"
"""The folder of an issue where the built-in relay puts test copies."""


@dataclass(frozen=True, slots=True)
class Tested:
    """A test copy: to whom, of which edition, and what the relay said."""

    address: str
    edition: str
    attempt: Attempt


def send_tests(
    job: Job, addresses: Iterable[str], relay_url: str, edition: str, clock: Clock
) -> tuple[Tested, ...]:
    """Send one copy of each edition, or of one, to each address; nothing need be approved.

    Raises:
        UsageError: an address is none, or there is no such edition. BulletinError: nothing is built.
    """
    names = [rule.name for rule in job.settings.editions]
    if edition and edition not in names:
        raise UsageError(
            f'there is no edition "{edition}"', f"{did_you_mean(edition, names)}Editions: {', '.join(names)}"
        )
    people = {identity(address): sound_address(address) for address in addresses}
    relay = usable_relay(job, relay_url)
    built = [one for one in read_built(job) if edition in ("", one.edition.name)]
    at, identify, found = clock(), identifying(job), []
    limits = job.settings.relay.limits(loopback=is_loopback(relay.host))
    counted = None if is_rehearsal(relay) else quota(relay, limits.per_day, clock)
    folder = job.path / FOLDER
    with open_transport(relay, folder, clock, access(job)) as transport:
        for content in contents(job, tuple(built)):
            for key, address in people.items():
                mark = identify(f"test\0{key}\0{content.edition}\0{at.isoformat()}")
                recipient = Recipient(key, address, "", content.edition, "test")
                data = message(content, recipient, mark, at, test=True)
                envelope = Envelope(content.sender, wire_address(address))
                if counted and not counted.spend():
                    raise _full(counted)
                attempt = offer(transport, Delivery(key, envelope, mark, data))
                found.append(Tested(address, content.edition, attempt))
    return tuple(found)


def _full(counted: Quota) -> BulletinError:
    at = counted.next_at()
    return BulletinError(
        f"the relay takes no more in these 24 hours; it begins to take more at {house_time(at.time())} on "
        f"{house_date(at.date())}",
        "see per_day of [relay] in bulletin.toml",
    )
