"""How reading stops at a doubt."""

from bulletin.model.when import Doubt, DoubtKind


class UnsureError(Exception):
    """Stop reading: the words leave a doubt; never leaves this package."""

    def __init__(self, kind: DoubtKind, detail: str, more: tuple[Doubt, ...] = ()) -> None:
        super().__init__(detail)
        self.doubts = (Doubt(kind, detail), *more)


def unread(detail: str) -> UnsureError:
    """Make the doubt that words were not understood."""
    return UnsureError(DoubtKind.UNREAD, detail)
