"""A bar is drawn where a person watches, and for what is mostly quick only when it takes long."""

import io
from contextlib import redirect_stderr

from bulletin.cli.app import App

APP = App(".", None, None, False)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_what_takes_long_is_counted_and_ends_its_line() -> None:
    with redirect_stderr(Terminal()) as shown, APP.progress("Reading", after=0) as tell:
        tell(1, 2)
        tell(2, 2)
        tell(3, 2)  # a file that lacks its last line end
    assert "1/2" in shown.getvalue()
    assert shown.getvalue().count("2/2") == 1
    assert shown.getvalue().endswith("\n")


def test_what_is_quick_is_not_drawn() -> None:
    with redirect_stderr(Terminal()) as shown, APP.progress("Reading", after=60) as tell:
        tell(1, 2)
        tell(2, 2)
    assert shown.getvalue() == ""


def test_where_nobody_watches_nothing_is_drawn() -> None:
    with redirect_stderr(io.StringIO()) as shown, APP.progress("Reading", after=0) as tell:
        tell(1, 2)
    assert shown.getvalue() == ""


def test_one_bar_follows_the_other() -> None:
    writing, sending = APP.progress("Writing", after=0), APP.progress("Sending", after=0)
    with redirect_stderr(Terminal()) as shown, writing as first, sending as second:
        first(2, 2)
        second(1, 2)
    lines = shown.getvalue().split("\n")
    assert ["Writing" in lines[0], "Sending" in lines[0], "Sending" in lines[1]] == [True, False, True]
