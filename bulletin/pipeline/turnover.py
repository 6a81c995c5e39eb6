"""Who is new among those an issue is approved for, and how many have gone, since the approval before."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from bulletin.errors import BulletinError
from bulletin.lists import Addressed
from bulletin.many import ManyRows
from bulletin.model.delivery import Recipient
from bulletin.pipeline.job import Job
from bulletin.wording import listed, one_line, plural
from bulletin.workspace.approval import Approval, keyed, read_approval, read_keys

_SHOWN = 5
_MANY = 24
_FEW = 5


@dataclass(frozen=True, slots=True)
class Turnover:
    """What has changed since the approval of an issue: who is new, how many have gone and stayed."""

    since: str
    added: Collection[Recipient]
    gone: int
    stayed: int

    @property
    def is_odd(self) -> bool:
        """Whether so many came or went at once that a list may have been mixed up."""
        most = max(len(self.added), self.gone)
        return most >= _MANY or (most >= _FEW and most > self.stayed)


def turnover(job: Job, addressed: Addressed) -> Turnover | None:
    """Compare with this issue's earlier approval, or else the last issue's; None where there is none."""
    known = job.workspace.issue_ids()
    before = known[: known.index(job.issue)] if job.issue in known else ()
    for issue in (job.issue, *reversed(before)):
        if approval := _approval(job, issue):
            return _compared(issue, approval, addressed, read_keys(job.workspace.key))
    return None


def _approval(job: Job, issue: str) -> Approval | None:
    try:
        return read_approval(job.workspace, issue)
    except BulletinError:  # damaged: this one is being written anew, and the last issue's is compared no more
        return None


def _compared(issue: str, approval: Approval, addressed: Addressed, secrets: Sequence[bytes]) -> Turnover:
    new = (one for one in addressed.recipients if not _covers(approval, one, secrets))
    added = ManyRows(Recipient, new)
    stayed = len(addressed.recipients) - len(added)
    return Turnover(issue, added, max(len(approval.recipients) - stayed, 0), stayed)


def _covers(approval: Approval, person: Recipient, secrets: Sequence[bytes]) -> bool:
    """Whether an approval was for somebody, whichever edition they got by it."""
    editions = dict.fromkeys((person.edition, *approval.manifests))
    return any(
        keyed(secret, replace(person, edition=edition)) in approval.recipients
        for secret in secrets
        for edition in editions
    )


def turnover_lines(found: Turnover | None, issue: str) -> Iterator[str]:
    """Say who is new and how many have gone; nothing where nothing has changed."""
    if found is None or not (found.added or found.gone):
        return
    since = "this issue was approved before" if found.since == issue else f"issue {found.since} was approved"
    yield f"Since {since}: {plural(len(found.added), 'person', 'people')} added, {found.gone:,} gone."
    yield from (one_line(f"  new: {one.address} (list {one.list})") for one in islice(found.added, _SHOWN))
    if len(found.added) > _SHOWN:
        rest = Counter(one.list for one in islice(found.added, _SHOWN, None))
        lists = listed(f"{count:,} on {name}" for name, count in rest.most_common())
        yield f"  and {len(found.added) - _SHOWN:,} more: {lists}"
    if found.is_odd:
        yield "That is many at once. Look whether it is meant before you send: bulletin lists check"


def turnover_json(found: Turnover | None) -> dict[str, Any]:
    """Give the same for programs; nothing where there was no approval before."""
    if found is None:
        return {}
    return {"since": found.since, "added": [one.address for one in found.added], "gone": found.gone}
