"""Run one collect: every file read, decided on and put on the shelf, then all of it written."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from pathlib import Path, PurePosixPath

from bulletin.collect.deciding.holding import spread_embargo, why_held
from bulletin.collect.deciding.infer import infer
from bulletin.collect.deciding.organisation import address_of
from bulletin.collect.deciding.verdict import judge
from bulletin.collect.keeping.originals import keep_original
from bulletin.collect.keeping.reconcile import Shelf, change_told, put
from bulletin.collect.marking import SENSITIVE, is_sensitive
from bulletin.collect.pictures.album import Album, pictures_on_disk
from bulletin.collect.pictures.gallery import Gallery, hang
from bulletin.collect.pictures.pairing import Taken, labelled
from bulletin.collect.reading import Draft, Reading
from bulletin.collect.taking.confine import Confined
from bulletin.collect.taking.dropped import Dropped, read_dropped
from bulletin.collect.taking.twice import seen_before
from bulletin.collect.taking.unread import clutter
from bulletin.collect.taking.whole import Confine, Origin, read_whole
from bulletin.errors import BulletinError
from bulletin.model.contribution import CollectedFile, FileOutcome
from bulletin.model.issue import Issue, Item
from bulletin.settings.values import Settings
from bulletin.workspace import Workspace
from bulletin.workspace.collected import Collected
from bulletin.workspace.files import as_text, digest, read, regular_files, sweep, write
from bulletin.workspace.items import read_item
from bulletin.workspace.pictures import FOLDER as IMAGES

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
    places = {name: place for place, (name, _) in enumerate(paths)}
    taken: dict[int, Taken] = {}
    with Confined() as confined:
        run = _Run(workspace, issue, settings, now, confined.read)
        for name, path in sorted(paths, key=_mails_first):
            taken[places[name]] = run.take(read_dropped(name, path))
            progress(len(taken), len(paths))
    rows = run.place([taken[place] for place in range(len(paths))])
    run.finish(rows)
    return rows


def _mails_first(file: tuple[str, Path]) -> bool:
    """Sort e-mails before what may be attached to them: they say who sent it."""
    return not file[0].lower().endswith((".eml", ".msg"))


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
        self.seen = seen_before(workspace, issue.id, before)

    @cached_property
    def marks(self) -> frozenset[str]:
        """The digests of all that lies in the drop folder."""
        return frozenset(digest(read_dropped(*one).data) for one in regular_files(self.workspace.drop_folder))

    def take(self, dropped: Dropped) -> Taken:
        """Read a file, its items as they would be; nothing is on the shelf yet."""
        mark = digest(dropped.data)
        reading = dropped.refused or clutter(dropped.path) or self._known(dropped, mark)
        origins: tuple[Origin, ...] = ()
        if reading is None:
            reading, origins = self._read(dropped, mark)
        if reading.drafts or reading.pictures:
            self.seen.note(dropped.path, mark, origins)
        return self._inferred(dropped, reading, origins)

    def place(self, taken: list[Taken]) -> tuple[CollectedFile, ...]:
        """Bring pictures and items together, put the items on the shelf, and give every file's row."""
        self.album.lie_here = {one.mark for one in taken}
        gallery = hang(self.issue.id, self.album, taken)
        placed = [self._put(one, labelled(gallery.pairing, number)) for number, one in enumerate(taken)]
        gallery.look(self.shelf.on_disk)
        return tuple(
            self.seen.told(self._row(gallery, number, one, items))
            for number, (one, items) in enumerate(zip(taken, placed, strict=True))
        )

    def _put(self, one: Taken, drafts: tuple[Draft, ...]) -> tuple[str, ...]:
        return put(self.shelf, one.path, one.mark, drafts, self._holds(one.path, drafts)) if drafts else ()

    def _row(self, gallery: Gallery, number: int, one: Taken, items: tuple[str, ...]) -> CollectedFile:
        reading = one.reading
        if reading.drafts:
            gone = self.shelf.gone(one.path, one.mark)
            reading = judge(reading, [self._item(item) for item in items], gone)
            reading = replace(reading, notes=(*change_told(self.shelf, one.path, items), *reading.notes))
        pictures = gallery.names(number)
        if one.reading.pictures:
            reading = gallery.judge(number, reading, self.shelf)
        if one.is_picture:
            items = tuple(item for name in pictures for item in gallery.shown.get(name, ()))
        return CollectedFile(
            one.path,
            one.mark,
            reading.outcome,
            reading.why,
            reading.hint,
            items,
            reading.notes,
            pictures=pictures,
            sender=address_of(reading.sender),
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
                attached=self.seen.attached,
                pictures=self.album.kept,
            ),
        )

    def _known(self, dropped: Dropped, mark: str) -> Reading | None:
        """Recognise a file that gives nothing new: sensitive, taken by an earlier issue, or here twice."""
        if is_sensitive(dropped.path, dropped.data):
            return SENSITIVE
        why = self.seen.why_known(dropped.path, mark) if dropped.data else ""
        return Reading(FileOutcome.IGNORED, why) if why else None

    def _read(self, dropped: Dropped, mark: str) -> tuple[Reading, tuple[Origin, ...]]:
        """Read a file with what is attached to it, and keep it as it came unless it is marked."""

        def known(attached: str) -> str:
            return self.seen.why_attached_known(attached, dropped.path, mark)

        reading, origins = read_whole(self.confine, dropped.path, dropped.data, known)
        if reading is not SENSITIVE:
            keep_original(
                self.workspace.issue_folder(self.issue.id) / "originals", dropped.path, dropped.data
            )
        return reading, origins

    def _inferred(self, dropped: Dropped, reading: Reading, origins: tuple[Origin, ...]) -> Taken:
        """Fill in what each draft lacks; what is attached stands in its e-mail's folder."""
        inside = PurePosixPath(dropped.path.partition("/")[2])
        files = tuple(str(inside.with_name(PurePosixPath(origin.name).name)) for origin in origins)
        pairs = zip(reading.drafts, files, strict=True)
        drafts = tuple(infer(draft, file, self.settings) for draft, file in pairs)
        drafts = spread_embargo(drafts, origins, reading, dropped.path)
        return Taken(dropped.path, digest(dropped.data), replace(reading, drafts=drafts), files)

    def _holds(self, path: str, drafts: tuple[Draft, ...]) -> tuple[str, ...]:
        """Say for each draft why its item waits if it is new: it is late, or under embargo."""
        late = path not in self.before.seen and any(
            datetime.fromisoformat(at) > self.issue.closes for at in self.before.collects
        )
        return tuple(why_held(draft, self.issue.meeting, self.now, late=late) for draft in drafts)

    def _item(self, item: str) -> Item:
        source = as_text(self.shelf.on_disk[item])
        path = f"issues/{self.issue.id}/items/{item}.md"
        return read_item(path, source, self.settings, self.issue.meeting)
