"""Whom `send --only` picks out."""

from collections.abc import Iterable, Mapping

from bulletin.errors import BulletinError, UsageError
from bulletin.lists import identity
from bulletin.model.delivery import Outcome, Recipient


def picked(wanted: Iterable[Recipient], outcomes: Mapping[str, str], only: str) -> frozenset[str] | None:
    """Give the keys of those `--only` names, None for everybody; accepted and unknown people never are.

    outcomes: how everybody stands who is not pending.
    """
    if not only:
        return None
    if only in ("deferred", "failed"):
        if not outcomes:
            raise BulletinError(f"nothing was sent yet, so nobody is {only}", "run: bulletin send --plan")
        outcome = Outcome.DEFERRED if only == "deferred" else Outcome.REJECTED
        return frozenset(one.key for one in wanted if outcomes.get(one.key) == outcome)
    key = identity(only)
    if all(one.key != key for one in wanted):
        raise UsageError(
            f"--only {only}: nobody with that address is to get this issue",
            "give an address of your lists, or: --only deferred, --only failed",
        )
    stands = outcomes.get(key)
    if stands in (Outcome.ACCEPTED, Outcome.UNKNOWN):
        raise BulletinError(
            f"{only} is {stands}: they have a copy or may have one, so no second is sent",
            "see: bulletin report --all",
        )
    return frozenset((key,))
