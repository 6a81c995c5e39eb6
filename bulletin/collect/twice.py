"""Know a file that gives nothing new: here twice, attached to an e-mail as well, or in an earlier issue."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bulletin.collect.whole import Origin
from bulletin.model.contribution import CollectedFile
from bulletin.workspace import Workspace
from bulletin.workspace.collected import Collected, Owner


@dataclass(slots=True)
class Seen:
    """What gave items before, by the digest of its bytes.

    taken: to the issue that took it; loose: of this issue's own files, to their paths; attached: to the
    e-mail that brought it; here: files of this collect, to their paths; pairs: the path of a file with items
    and that of the same file again.
    """

    taken: dict[str, str]
    loose: dict[str, str]
    attached: dict[str, Owner]
    here: dict[str, str] = field(default_factory=dict)
    pairs: list[tuple[str, str]] = field(default_factory=list)

    def why_known(self, path: str, mark: str) -> str:
        """Say why a file of the drop folder gives nothing new, "" where it does."""
        if mark in self.taken:
            return f"it went into issue {self.taken[mark]}"
        if mark in self.here:
            return f"it is the same file as {self.here[mark]}"
        owner = self.attached.get(mark)
        if owner and mark not in self.loose:
            self.pairs.append((owner.source, path))
            return f"it is the same file as an attachment of {owner.source}, and has its item from there"
        return ""

    def why_attached_known(self, mark: str, path: str, mail_mark: str) -> str:
        """Say why an attachment of an e-mail gives nothing new, "" where it does."""
        if mark in self.taken:
            return f"it went into issue {self.taken[mark]}"
        owner = self.attached.get(mark)
        first = self.loose.get(mark) or self.here.get(mark, "")
        if not first and owner and owner.source != path and owner.source_digest != mail_mark:
            first = owner.source
        if not first:
            return ""
        self.pairs.append((first, path))
        return f"it came as {first} too, and has its item from there"

    def note(self, path: str, mark: str, origins: Iterable[Origin]) -> None:
        """Remember a file that gave items, and which of its attachments did."""
        self.here.setdefault(mark, path)
        for old, owner in list(self.attached.items()):
            if owner.source == path:
                del self.attached[old]
        for origin in origins:
            if origin.attached:
                self.attached[origin.attached] = Owner(path, mark)

    def told(self, row: CollectedFile) -> CollectedFile:
        """Let the row of a file with items say where the same file came again."""
        again = dict.fromkeys(other for first, other in self.pairs if first == row.path)
        said = tuple(f"the same file came with {other} too, and there is one item of it" for other in again)
        return row._replace(notes=(*row.notes, *said))


def seen_before(workspace: Workspace, issue: str, before: Collected) -> Seen:
    """Gather what this issue and the earlier ones have taken."""
    loose = {row.source_digest: row.source for row in before.items.values()}
    return Seen(dict(_taken_earlier(workspace, issue)), loose, dict(before.attached))


def _taken_earlier(workspace: Workspace, issue: str) -> Iterator[tuple[str, str]]:
    for other in workspace.issue_ids():
        if other == issue:
            break
        collected = workspace.collected(other)
        for row in collected.items.values():
            yield row.source_digest, other
        for mark in collected.attached:
            yield mark, other
        yield from ((row.source_digest, other) for row in collected.pictures.values() if row.item)
