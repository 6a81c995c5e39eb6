"""approval.json: who signed off what, for whom, bound by digests; and the workspace's key."""

import hmac
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bulletin.errors import BulletinError
from bulletin.model.delivery import Recipient
from bulletin.workspace.files import read, write
from bulletin.workspace.jsonfile import as_json, understood

if TYPE_CHECKING:
    from bulletin.workspace import Workspace

FILE = "approval.json"


@dataclass(frozen=True, slots=True)
class Approval:
    """A sign-off.

    by, at: who and when (ISO 8601); manifests: edition name to manifest digest.
    recipients: a keyed digest of each address with its edition; no address can be read from it.
    made_of: the digest of each file the editions were made of, by its path; none in older sign-offs.
    """

    by: str
    at: str
    manifests: Mapping[str, str]
    recipients: frozenset[bytes]
    made_of: Mapping[str, str] = field(default_factory=dict)


def write_approval(workspace: "Workspace", issue: str, approval: Approval) -> None:
    """Write an issue's approval.json."""
    told = {
        "by": approval.by,
        "at": approval.at,
        "manifests": dict(approval.manifests),
        "recipients": [one.hex() for one in sorted(approval.recipients)],
        "made_of": dict(approval.made_of),
    }
    write(workspace.issue_folder(issue) / FILE, as_json(told))


def read_approval(workspace: "Workspace", issue: str) -> Approval | None:
    """Read an issue's approval.json, None where nothing is approved yet.

    Raises:
        BulletinError: it is damaged or of another version.
    """
    raw = read(workspace.issue_folder(issue) / FILE)
    if raw is None:
        return None
    if found := understood(raw, _approval):
        return found
    raise BulletinError(
        f"issues/{issue}/{FILE} is damaged or of another version", "run: bulletin approve --by NAME"
    )


def _approval(data: dict[str, Any]) -> Approval:
    return Approval(
        data["by"],
        data["at"],
        dict(data["manifests"]),
        frozenset(map(bytes.fromhex, data["recipients"])),
        dict(data.get("made_of", {})),
    )


def keyed(key: bytes, recipient: Recipient) -> bytes:
    """Give the keyed digest that stands for a recipient and their edition in an approval."""
    return hmac.digest(key, f"recipient\0{recipient.key}\0{recipient.edition}".encode(), "sha256")


def unapproved(approval: Approval, key: bytes, recipients: Iterable[Recipient]) -> tuple[Recipient, ...]:
    """Give the recipients that the approval does not cover."""
    return tuple(one for one in recipients if keyed(key, one) not in approval.recipients)


def make_key(path: Path) -> None:
    """Make the workspace's key where there is none: 256 random bits, readable by its owner alone."""
    if read(path) is None:
        write(path, f"{secrets.token_hex(32)}\n".encode(), private=True)


def read_key(path: Path) -> bytes:
    """Read the workspace's key, the one in use.

    Raises:
        BulletinError: it is missing or damaged.
    """
    return read_keys(path)[0]


def read_keys(path: Path) -> tuple[bytes, ...]:
    """Read the workspace's keys, a line each: the one in use, then those whose marks are still understood.

    Raises:
        BulletinError: the file is missing or damaged.
    """
    raw = read(path)
    try:
        keys = tuple(bytes.fromhex(line) for line in (raw or b"").decode("ascii").split("\n") if line.strip())
    except ValueError:
        keys = ()
    if not keys or min(map(len, keys)) < 32:
        state = "is missing" if raw is None else "is damaged"
        raise BulletinError(
            f"workspace.key {state}, and nothing can be approved or sent without it",
            "bring it back from a backup or from the last officer; only in a workspace that has never sent "
            "anything, go there and run: bulletin init . (it makes what is missing and changes nothing else)",
        )
    return keys
