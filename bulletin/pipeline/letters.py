"""What every message of an issue says about where it comes from, and how it is told apart."""

import re
from collections.abc import Callable, Iterable
from hashlib import sha256

from bulletin.mail import verp
from bulletin.mail.addresses import wire_address
from bulletin.mail.message import Content, Letterhead, content, message_id, rid_of
from bulletin.pipeline.approve import Signed
from bulletin.pipeline.job import Job
from bulletin.workspace.approval import read_key
from bulletin.workspace.editions import Built


def letterhead(job: Job) -> Letterhead:
    """Give the letterhead of an issue from the settings."""
    sender, title = job.settings.sender, job.settings.partnership.title
    domain = sender.address.rpartition("@")[2]
    name = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") or "bulletin"
    return Letterhead(
        name=sender.name,
        address=sender.address,
        reply_to=sender.reply_to,
        list_id=f"{name}.{domain}",
        leave=sender.leaving,
        sender=sender.envelope,
        domain=domain,
        issue=job.issue,
    )


def contents(job: Job, built: tuple[Built, ...]) -> tuple[Content, ...]:
    """Encode every edition once; without an archive to link to, the calendar files travel along."""
    attached = not job.settings.site.url
    return tuple(content(one.edition, letterhead(job), calendar_attached=attached) for one in built)


def identifying(job: Job) -> Callable[[str], str]:
    """Give what makes the Message-ID of somebody's copy: the same on every attempt, and no address in it."""
    domain, secret = letterhead(job).domain, read_key(job.workspace.key)
    return lambda key: message_id(job.issue, key, domain, secret)


def envelope_senders(job: Job) -> Callable[[str], str]:
    """Give what makes the envelope sender of a Message-ID: the one for all, or with `verp` one of its own."""
    sender, secret = wire_address(job.settings.sender.envelope), read_key(job.workspace.key)
    if not job.settings.sender.verp:
        return lambda _: sender
    return lambda message_id: verp.make(secret, sender, rid_of(message_id))


def token(signed: Signed) -> str:
    """Give a digest of what was approved and one of for whom, whoever approved it and when."""
    editions = [f"{name}={digest}" for name, digest in sorted(signed.approval.manifests.items())]
    return " ".join(map(_digest, (editions, signed.approval.recipients)))


def _digest(lines: Iterable[str]) -> str:
    """Give the digest of lines, however many."""
    found, between = sha256(), b""
    for line in lines:
        found.update(between + line.encode())
        between = b"\n"
    return found.hexdigest()
