"""The surroundings failing: one sentence and one hint, never a traceback."""


class BulletinError(Exception):
    """Stop with one sentence for the officer.

    detail: what is wrong and where, a whole sentence.
    hint: what to do next, or "".
    exit_code: 1 refused, 2 usage, 5 stopped by the relay (see docs/administrator.md).
    """

    exit_code = 1

    def __init__(self, detail: str, hint: str = "") -> None:
        super().__init__(detail)
        self.detail = detail
        self.hint = hint


class UsageError(BulletinError):
    """What was typed cannot be done as typed: no such issue, no such item, a bad date."""

    exit_code = 2


class RelayError(BulletinError):
    """The relay, or what we know of it, stops the whole run; nobody is blamed for it."""

    exit_code = 5
