"""Answer the requests of readers who leave: looking changes nothing, and every token gets the same answer."""

import os
import re
import time
from collections.abc import Callable, Iterable
from email.message import Message
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs

from bulletin.leave.page import POLICY, address_page, confirm_page, done_page, failed_page
from bulletin.leave.spool import Spool, SpoolFullError

MOST_BODY = 4096
"""Bytes of a request's body: an address and a few names of fields fit."""
_TOKEN = re.compile(r"[a-z2-7]{37}", re.IGNORECASE | re.ASCII)
_ADDRESS = re.compile(r"[^@\s<>\"]{1,64}@[^@\s<>\"]{1,189}")
_HEADERS = [
    ("Content-Type", "text/html; charset=utf-8"),
    ("Content-Security-Policy", POLICY),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("X-Robots-Tag", "noindex, nofollow"),
    ("Cache-Control", "no-store"),
]
_METHODS = "GET, HEAD, POST, OPTIONS"


class Answer(NamedTuple):
    """A status line, a page, and further headers."""

    status: str
    page: str = ""
    more: tuple[tuple[str, str], ...] = ()


class Leave:
    """The application, for one spool. name: of the bulletin; contact: whom to ask; both may be empty."""

    def __init__(
        self, spool: Path, *, name: str = "", contact: str = "", clock: Callable[[], float] = time.time
    ) -> None:
        self._spool = Spool(spool, clock)
        self._name = name
        self._contact = contact

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer one request (PEP 3333)."""
        answer = self._answer(environ)
        body = answer.page.encode()
        length = ("Content-Length", str(len(body)))
        start_response(answer.status, [*_HEADERS, length, *answer.more])
        return [] if environ.get("REQUEST_METHOD") == "HEAD" else [body]

    def _answer(self, environ: dict[str, Any]) -> Answer:
        method, last = environ.get("REQUEST_METHOD", ""), environ.get("PATH_INFO", "").rpartition("/")[2]
        token = (
            last.lower() if _TOKEN.fullmatch(last) else ""
        )  # a host may leave what is before it in the path
        if method in ("GET", "HEAD"):
            page = confirm_page if token else address_page
            return Answer("200 OK", page(self._name, self._contact))
        if method == "OPTIONS":
            return Answer("200 OK", more=(("Allow", _METHODS),))
        if method != "POST":
            words = "This page can be looked at and answered, and nothing else."
            return self._refusal("405 Method Not Allowed", "Not possible", words, ("Allow", _METHODS))
        body = _body(environ)
        if body is None:
            words = "The request is larger than this page needs."
            return self._refusal("413 Content Too Large", "Too large", words)
        return self._noted(environ, "token", token) if token else self._typed(environ, body)

    def _typed(self, environ: dict[str, Any], body: bytes) -> Answer:
        """Answer the form: only its shape is judged, so that nobody can find out who is on a list."""
        typed = _field(environ, body, "address").strip()
        if not (_ADDRESS.fullmatch(typed) and typed.isprintable()):
            wrong = "Enter an e-mail address in the form name@example.org"
            page = address_page(self._name, self._contact, typed=typed[:254], wrong=wrong)
            return Answer("400 Bad Request", page)
        return self._noted(environ, "address", typed)

    def _noted(self, environ: dict[str, Any], field: str, value: str) -> Answer:
        """Note a request durably; the answer says nothing of whether we know whose it is."""
        try:
            self._spool.note(field, value)
        except (SpoolFullError, OSError) as fault:
            environ["wsgi.errors"].write(f"leave page: the spool could not be written: {fault!r}\n")
            words = "Your request could not be noted. Please try again tomorrow, or write to us."
            return self._refusal(
                "503 Service Unavailable", "Please try again", words, ("Retry-After", "86400")
            )
        return Answer("200 OK", done_page(self._name, self._contact))

    def _refusal(self, status: str, title: str, words: str, *more: tuple[str, str]) -> Answer:
        return Answer(status, failed_page(title, words, self._contact), more)


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer as the environment says: BULLETIN_LEAVE_SPOOL, and perhaps _NAME and _CONTACT."""
    return _from_environment()(environ, start_response)


_made: dict[str, Leave] = {}


def _from_environment() -> Leave:
    """Give the application for the spool that is named, one for all requests.

    Raises RuntimeError where none is named: whoever set the host up sees it in its log.
    """
    spool = os.environ.get("BULLETIN_LEAVE_SPOOL", "")
    if not spool:
        raise RuntimeError("BULLETIN_LEAVE_SPOOL is not set: name the file that requests are noted in")
    if spool not in _made:
        name, contact = (os.environ.get(f"BULLETIN_LEAVE_{one}", "") for one in ("NAME", "CONTACT"))
        _made[spool] = Leave(Path(spool), name=name, contact=contact)
    return _made[spool]


def _body(environ: dict[str, Any]) -> bytes | None:
    """Read the request's body, None where it is larger than any form of ours."""
    length = environ.get("CONTENT_LENGTH") or "0"
    if not (length.isascii() and length.isdecimal()) or len(length) > 9 or int(length) > MOST_BODY:
        return None
    data: bytes = environ["wsgi.input"].read(int(length))
    return data


def _field(environ: dict[str, Any], body: bytes, name: str) -> str:
    """Give a field of a form, "" where it is not there or the body is no form's."""
    head = Message()
    head["Content-Type"] = environ.get("CONTENT_TYPE", "") or "application/x-www-form-urlencoded"
    if head.get_content_type() != "application/x-www-form-urlencoded":
        return ""
    try:
        fields = parse_qs(body.decode("utf-8", "replace"), max_num_fields=10)
    except ValueError:
        return ""
    return fields.get(name, [""])[0]
