"""approval.json: who signed off what, for whom, bound by digests; and the workspace's key."""

import hmac
import secrets
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from bulletin.errors import BulletinError
from bulletin.many import ManyKeys
from bulletin.model.delivery import Recipient
from bulletin.workspace.files import read, write
from bulletin.workspace.jsonfile import DAMAGE, FORMAT
from bulletin.workspace.marked import read_marked, write_marked

if TYPE_CHECKING:
    from bulletin.workspace import Workspace

FILE = "approval.json"
_RECIPIENTS = "recipients"


@dataclass(frozen=True, slots=True)
class Approval:
    """A sign-off.

    by, at: who and when (ISO 8601); manifests: edition name to manifest digest.
    recipients: keyed digests of each address with its edition, in order; no address can be read from them.
    made_of: the digest of each file the editions were made of, by its path; none in older sign-offs.
    """

    by: str
    at: str
    manifests: Mapping[str, str]
    recipients: Collection[str]
    made_of: Mapping[str, str] = field(default_factory=dict)


def write_approval(workspace: "Workspace", issue: str, approval: Approval) -> None:
    """Write an issue's approval.json."""
    told = {
        "format": FORMAT,
        "by": approval.by,
        "at": approval.at,
        "manifests": dict(approval.manifests),
        _RECIPIENTS: [],
        "made_of": dict(approval.made_of),
    }
    path = workspace.issue_folder(issue) / FILE
    write_marked(path, told, {_RECIPIENTS: approval.recipients})


def read_approval(workspace: "Workspace", issue: str) -> Approval | None:
    """Read an issue's approval.json, None where nothing is approved yet.

    Raises:
        BulletinError: it is damaged or of another version.
    """
    with suppress(*DAMAGE):
        found = read_marked(workspace.issue_folder(issue) / FILE)
        if found is None:
            return None
        data, marks = found
        if data["format"] == FORMAT and data[_RECIPIENTS] == []:
            recipients = marks.get(_RECIPIENTS, ())
            made_of = dict(data.get("made_of", {}))
            return Approval(data["by"], data["at"], dict(data["manifests"]), recipients, made_of)
    raise BulletinError(
        f"issues/{issue}/{FILE} is damaged or of another version", "run: bulletin approve --by NAME"
    )


def keyed(key: bytes, recipient: Recipient) -> str:
    """Give the keyed digest that stands for a recipient and their edition in an approval, hexadecimal."""
    return hmac.digest(key, f"recipient\0{recipient.key}\0{recipient.edition}".encode(), "sha256").hex()


def keyed_all(key: bytes, recipients: Iterable[Recipient]) -> Collection[str]:
    """Give what stands for everybody in an approval, in order."""
    return ManyKeys.of(keyed(key, one) for one in recipients)


def unapproved(approval: Approval, key: bytes, recipients: Iterable[Recipient]) -> int:
    """Count the recipients that the approval does not cover."""
    return sum(keyed(key, one) not in approval.recipients for one in recipients)


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
