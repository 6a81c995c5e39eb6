"""The view as last composed: made anew when the workspace changes, and everybody waiting is told."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from bulletin.desk.view import Fault, View
from bulletin.errors import BulletinError

log = logging.getLogger(__name__)

BROKEN = Fault(
    "The preview met a fault of the program itself, not of your bulletin",
    "The terminal it was started from says more. Your files are untouched; saving one tries again.",
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A view and its number; the number grows with every change."""

    version: int
    view: View


class Watch:
    """Keep the newest view, shared by every request and everybody who waits for the next."""

    def __init__(self, view: Callable[[], View], fingerprint: Callable[[], str]) -> None:
        self._view = view
        self._fingerprint = fingerprint
        self._seen: str | None = None
        self._shown = Shown(0, View("", "Bulletin"))
        self._composing = threading.Lock()
        self._changed = threading.Condition()
        self._closed = False

    def current(self) -> Shown:
        """Give the view of the files as they are now, composing it only where they have changed."""
        with self._composing:
            seen = self._look()
            if seen != self._seen:
                self._seen = seen
                self._show(self._composed())
            return self._shown

    def wait(self, version: int, seconds: float) -> int | None:
        """Wait until there is another version than this one: its number, or None where time ran out."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._shown.version != version, seconds)
            return self._shown.version if self._shown.version != version else None

    @property
    def closed(self) -> bool:
        """Whether the desk is being closed."""
        return self._closed

    def close(self) -> None:
        """Let everybody who waits go home."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _look(self) -> str | None:
        try:
            return self._fingerprint()
        except OSError:  # a file went away while it was looked at: the next look settles it
            return self._seen or ""

    def _composed(self) -> View:
        try:
            return self._view()
        except BulletinError as error:
            return self._faulty(Fault(error.detail, error.hint))
        except Exception:
            log.exception("The preview could not be composed")
            return self._faulty(BROKEN)

    def _faulty(self, fault: Fault) -> View:
        return View(self._shown.view.title, self._shown.view.issue, fault=fault)

    def _show(self, view: View) -> None:
        with self._changed:
            self._shown = Shown(self._shown.version + 1, view)
            self._changed.notify_all()
