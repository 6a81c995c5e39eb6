"""contributions/ → items: every file accounted for, no edit lost, nothing in the drop folder touched."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from pathlib import PurePosixPath

from bulletin.collect.album import Album, pictures_on_disk
from bulletin.collect.confine import Confined
from bulletin.collect.dropped import Dropped, read_dropped
from bulletin.collect.gallery import Gallery, hang
from bulletin.collect.infer import infer
from bulletin.collect.marking import is_sensitive
from bulletin.collect.pairing import Taken, labelled
from bulletin.collect.reading import Draft, Reading
from bulletin.collect.reconcile import Shelf, put
from bulletin.collect.unread import clutter
from bulletin.collect.whole import SENSITIVE, Confine, read_whole
from bulletin.dates import read_when
from bulletin.errors import BulletinError
from bulletin.model.contribution import CollectedFile, FileOutcome
from bulletin.model.issue import Issue, Item
from bulletin.model.when import DoubtKind, When
from bulletin.settings.values import Settings
from bulletin.workspace import Workspace
from bulletin.workspace.collected import Collected
from bulletin.workspace.files import as_text, digest, read, regular_files, sweep, write
from bulletin.workspace.items import read_item
from bulletin.workspace.pictures import FOLDER as IMAGES

MOST_CLAUSES = 6
"""How many things a file's line says about its items."""

Progress = Callable[[int, int], None]


def collect(
    workspace: Workspace, issue: Issue, settings: Settings, now: datetime, progress: Progress
) -> tuple[CollectedFile, ...]:
    """Turn what lies in the drop folder into items, and give a row for every file.

    Args:
        now: the local date and time; a file is late only if an earlier collect, itself after closing, did
            not see it.

    Raises:
        BulletinError: there is no drop folder, or an item cannot be read or written.
    """
    if not workspace.drop_folder.is_dir():
        raise BulletinError(
            f"there is no folder {workspace.drop_folder}",
            "make it, or run in the bulletin's folder: bulletin init .",
        )
    paths = list(regular_files(workspace.drop_folder))
    taken = []
    with Confined() as confined:
        run = _Run(workspace, issue, settings, now, confined.read)
        for done, (name, path) in enumerate(paths, 1):
            taken.append(run.take(read_dropped(name, path)))
            progress(done, len(paths))
    rows = run.place(taken)
    run.finish(rows)
    return rows


class _Run:
    """One collect: the shelf of items and what is known from before."""

    def __init__(
        self, workspace: Workspace, issue: Issue, settings: Settings, now: datetime, confine: Confine
    ) -> None:
        self.workspace, self.issue, self.settings, self.now = workspace, issue, settings, now
        self.before = before = workspace.collected(issue.id)
        self.confine = confine
        folder = workspace.issue_folder(issue.id) / "items"
        for left in (folder, folder.with_name("originals"), folder.with_name(IMAGES)):
            sweep(left)
        self.shelf = Shelf(
            on_disk={path.stem: read(path) or b"" for path in sorted(folder.glob("*.md"))},
            written=dict(before.items),
            changes={change.item: change for change in before.changes},
            lies_here=lambda mark: mark in self.marks,
        )
        self.album = Album(pictures_on_disk(folder.with_name(IMAGES)), dict(before.pictures), set())
        self.taken = dict(_taken_by_earlier_issues(workspace, issue.id))
        self.here: dict[str, str] = {}

    @cached_property
    def marks(self) -> frozenset[str]:
        """The digests of all that lies in the drop folder."""
        return frozenset(digest(read_dropped(*one).data) for one in regular_files(self.workspace.drop_folder))

    def take(self, dropped: Dropped) -> Taken:
        """Read a file, its items as they would be; nothing is on the shelf yet."""
        mark = digest(dropped.data)
        reading = dropped.refused or clutter(dropped.path) or self._known(dropped, mark)
        files: tuple[str, ...] = ()
        if reading is None:
            reading, files = read_whole(self.confine, dropped.path, dropped.data)
            if reading is not SENSITIVE:
                self._keep_original(dropped, mark)
        if reading.drafts or reading.pictures:
            self.here.setdefault(mark, dropped.path)
        inside = PurePosixPath(dropped.path.partition("/")[2])
        paths = tuple(str(inside.with_name(PurePosixPath(file).name)) for file in files)
        drafts = tuple(self._infer(*one) for one in zip(reading.drafts, paths, strict=True))
        return Taken(dropped.path, mark, replace(reading, drafts=drafts), paths)

    def place(self, taken: list[Taken]) -> tuple[CollectedFile, ...]:
        """Bring pictures and items together, put the items on the shelf, and give every file's row."""
        self.album.lie_here = {one.mark for one in taken}
        gallery = hang(self.issue.id, self.album, taken)
        placed = [self._put(one, labelled(gallery.pairing, number)) for number, one in enumerate(taken)]
        gallery.look(self.shelf.on_disk)
        return tuple(
            self._row(gallery, number, one, items)
            for number, (one, items) in enumerate(zip(taken, placed, strict=True))
        )

    def _put(self, one: Taken, drafts: tuple[Draft, ...]) -> tuple[str, ...]:
        return put(self.shelf, one.path, one.mark, drafts, self._hold(one.path, drafts)) if drafts else ()

    def _row(self, gallery: Gallery, number: int, one: Taken, items: tuple[str, ...]) -> CollectedFile:
        reading = self._judge(one.reading, items) if one.reading.drafts else one.reading
        pictures = gallery.names(number)
        if one.reading.pictures:
            reading = gallery.judge(number, reading, self.shelf)
        if one.is_picture:
            items = tuple(item for name in pictures for item in gallery.shown.get(name, ()))
        return CollectedFile(
            one.path, one.mark, reading.outcome, reading.why, reading.hint, items, reading.notes, pictures
        )

    def finish(self, rows: tuple[CollectedFile, ...]) -> None:
        """Write the pictures, the items, then what was seen: the next collect mends a crash between."""
        for name, data in self.album.to_write.items():
            write(self.workspace.issue_folder(self.issue.id) / IMAGES / name, data)
        folder = self.workspace.issue_folder(self.issue.id) / "items"
        for item, data in self.shelf.to_write.items():
            write(folder / f"{item}.md", data)
        self.workspace.keep_collected(
            self.issue.id,
            Collected(
                collects=(*self.before.collects, self.now.isoformat(timespec="seconds")),
                files=rows,
                seen=tuple(sorted({*self.before.seen, *(row.path for row in rows)})),
                items=self.shelf.written,
                changes=tuple(one for one in self.shelf.changes.values() if one.item in self.shelf.on_disk),
                pictures=self.album.kept,
            ),
        )

    def _known(self, dropped: Dropped, mark: str) -> Reading | None:
        """Recognise a file that gives nothing new: sensitive, taken by an earlier issue, or here twice."""
        if is_sensitive(dropped.path, dropped.data):
            return SENSITIVE
        if mark in self.taken:
            return Reading(FileOutcome.IGNORED, f"it went into issue {self.taken[mark]}")
        if dropped.data and mark in self.here:
            return Reading(FileOutcome.IGNORED, f"it is the same file as {self.here[mark]}")
        return None

    def _infer(self, draft: Draft, inside: str) -> Draft:
        return infer(draft, inside, self.settings.sections, self.settings.bodies)

    def _hold(self, path: str, drafts: tuple[Draft, ...]) -> str:
        """Say why a new item waits: it is late, or under embargo."""
        reasons = []
        if path not in self.before.seen and any(
            datetime.fromisoformat(at) > self.issue.closes for at in self.before.collects
        ):
            reasons.append("late")
        if any(self._embargoed(draft) for draft in drafts):
            reasons.append("embargo")
        return ", ".join(reasons)

    def _embargoed(self, draft: Draft) -> bool:
        embargo = draft.labels.get("embargo", "")
        return runs(read_when(embargo, self.issue.meeting), self.now)

    def _judge(self, reading: Reading, items: tuple[str, ...]) -> Reading:
        """See whether a person must decide something about a file's items, as they are now."""
        if not items:
            return replace(reading, why="its item was deleted or renamed; no new one is made")
        read = [self._item(item) for item in items]
        asks = [(item.id, ask) for item in read for ask in _asks(item)]
        inferred = [reason for item in read for reason in item.inferred]
        if asks:
            why = _clauses(reading.why, [ask for _, ask in asks if ask not in reading.why])
            hint = f"open issues/{self.issue.id}/items/{asks[0][0]}.md and decide"
            return replace(reading, outcome=FileOutcome.NEEDS_YOU, why=why, hint=hint)
        return replace(reading, why=_clauses(reading.why, inferred))

    def _item(self, item: str) -> Item:
        source = as_text(self.shelf.on_disk[item])
        path = f"issues/{self.issue.id}/items/{item}.md"
        return read_item(path, source, self.settings, self.issue.meeting)

    def _keep_original(self, dropped: Dropped, mark: str) -> None:
        """Keep a contributed file as it came; a changed one is kept beside the first.

        Where a name cannot be used, too long or now a folder's, the digest is name enough.
        """
        inside = PurePosixPath(dropped.path.partition("/")[2])
        folder = self.workspace.issue_folder(self.issue.id) / "originals"
        changed = inside.with_name(f"{inside.stem}.{mark[:8]}{inside.suffix}")
        for path in (folder / inside, folder / changed):
            with suppress(BulletinError):
                if read(path) in (None, dropped.data):
                    write(path, dropped.data)
                    return
        write(folder / mark[:16], dropped.data)


def _clauses(why: str, more: list[str]) -> str:
    """Put what is to be said about a file's items on one line: each thing once, and how often."""
    said = [f"{clause} ({count} times)" if count > 1 else clause for clause, count in Counter(more).items()]
    rest = [f"and {len(said) - MOST_CLAUSES} more"] if len(said) > MOST_CLAUSES else []
    return "; ".join(part for part in (why, *said[:MOST_CLAUSES], *rest) if part)


def _asks(item: Item) -> Iterator[str]:
    if not item.section_words:
        yield "no section could be worked out"
    elif item.section is None:
        yield f'there is no section "{item.section_words}"'
    for when in (item.when, item.opens, item.closes, item.embargo):
        yield from (doubt.detail for doubt in when.doubts if doubt.kind is not DoubtKind.YEAR)


def runs(embargo: When, now: datetime) -> bool:
    """Whether an embargo is running; one whose date is not certain is."""
    if not embargo:
        return False
    if embargo.start is None:
        return True
    ends = datetime.combine(embargo.start, embargo.starts) if embargo.starts else None
    return now < ends if ends else now.date() < embargo.start


def _taken_by_earlier_issues(workspace: Workspace, issue: str) -> Iterator[tuple[str, str]]:
    """Give the digest of every file of which an earlier issue has an item or a picture, and the issue."""
    for other in workspace.issue_ids():
        if other == issue:
            break
        collected = workspace.collected(other)
        for row in collected.items.values():
            yield row.source_digest, other
        yield from ((row.source_digest, other) for row in collected.pictures.values() if row.item)
