"""Answer the requests of readers who leave: looking changes nothing, and every token gets the same answer."""

import os
import re
import time
from collections.abc import Callable, Iterable
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs

from bulletin.leave.limit import Limit
from bulletin.leave.page import POLICY, address_page, confirm_page, done_page, failed_page
from bulletin.leave.spool import Spool, SpoolFullError

MOST_BODY = 4096
"""Bytes of a request's body: an address and a few names of fields fit."""
_TOKEN = re.compile(r"[a-z2-7]{37}", re.IGNORECASE | re.ASCII)
_KEYS = re.compile(r"[a-z2-7]{2}", re.ASCII)
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
    """The application, for one spool.

    name: of the bulletin; contact: whom to ask; both may be empty. keys: the two letters with which our
    tokens begin, one pair for each key of the workspace; none: any token of the right shape is noted.
    """

    def __init__(
        self,
        spool: Path,
        *,
        name: str = "",
        contact: str = "",
        keys: Iterable[str] = (),
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._spool = Spool(spool, clock)
        self._limit = Limit(clock)
        self._name = name
        self._contact = contact
        self._keys = frozenset(keys)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer one request (PEP 3333)."""
        answer = self._answer(environ)
        body = answer.page.encode()
        length = ("Content-Length", str(len(body)))
        start_response(answer.status, [*_HEADERS, length, *answer.more])
        return [] if environ.get("REQUEST_METHOD") == "HEAD" else [body]

    def _answer(self, environ: dict[str, Any]) -> Answer:
        method, token = environ.get("REQUEST_METHOD", ""), _token(environ)
        if method in ("GET", "HEAD"):
            return self._asks(token)
        if method == "OPTIONS":
            return Answer("200 OK", more=(("Allow", _METHODS),))
        if method != "POST":
            words = "This page can be looked at and answered, and nothing else."
            return self._refusal("405 Method Not Allowed", "Not possible", words, ("Allow", _METHODS))
        return self._posted(environ, token)

    def _posted(self, environ: dict[str, Any], token: str) -> Answer:
        """Answer a click or the form."""
        body = _body(environ)
        if body is None:
            words = "The request is larger than this page needs."
            return self._refusal("413 Content Too Large", "Too large", words)
        if not token:
            return self._typed(environ, body)
        if _field(environ, body, "List-Unsubscribe").strip().lower() != "one-click":
            return self._asks(token)
        if self._keys and token[:2] not in self._keys:
            return Answer("200 OK", done_page(self._name, self._contact))
        return self._noted(environ, "token", token)

    def _asks(self, token: str) -> Answer:
        """Ask for a click, which is what a mail program or our own form sends (RFC 8058 3.2)."""
        page = confirm_page if token else address_page
        return Answer("200 OK", page(self._name, self._contact))

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
        if not self._limit.allows(environ):
            words = (
                "Too many requests have come from where you are. Please try again in an hour, or write to us."
            )
            return self._refusal(
                "429 Too Many Requests", "Please try again later", words, ("Retry-After", "3600")
            )
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
    """Answer as the environment says: BULLETIN_LEAVE_SPOOL, and perhaps _NAME, _CONTACT and _KEYS."""
    return _from_environment()(environ, start_response)


_made: dict[str, Leave] = {}
_OTHERS = ("NAME", "CONTACT", "KEYS")


def _from_environment() -> Leave:
    """Give the application for the spool that is named, one for all requests.

    Raises RuntimeError where none is named, or a key badly: whoever set the host up sees it in its log.
    """
    spool = os.environ.get("BULLETIN_LEAVE_SPOOL", "")
    if not spool:
        raise RuntimeError("BULLETIN_LEAVE_SPOOL is not set: name the file that requests are noted in")
    if spool not in _made:
        name, contact, keys = (os.environ.get(f"BULLETIN_LEAVE_{one}", "") for one in _OTHERS)
        if not all(_KEYS.fullmatch(key) for key in keys.split()):
            raise RuntimeError("BULLETIN_LEAVE_KEYS: two letters for each key, as bulletin doctor says them")
        _made[spool] = Leave(Path(spool), name=name, contact=contact, keys=keys.split())
    return _made[spool]


def _token(environ: dict[str, Any]) -> str:
    """Give the token at the path's end, "" where there is none; a host may leave what is before it."""
    last: str = environ.get("PATH_INFO", "").removesuffix("/").rpartition("/")[2]
    return last.lower() if _TOKEN.fullmatch(last) else ""


def _body(environ: dict[str, Any]) -> bytes | None:
    """Read the request's body, None where it is larger than any form of ours."""
    if not environ.get("CONTENT_LENGTH") and environ.get("wsgi.input_terminated"):
        whole: bytes = environ["wsgi.input"].read(MOST_BODY + 1)  # sent in chunks, without its length
        return whole if len(whole) <= MOST_BODY else None
    length = environ.get("CONTENT_LENGTH") or "0"
    if not (length.isascii() and length.isdecimal()) or len(length) > 9 or int(length) > MOST_BODY:
        return None
    data: bytes = environ["wsgi.input"].read(int(length))
    return data


def _field(environ: dict[str, Any], body: bytes, name: str) -> str:
    """Give a field of a form, "" where it is not there or the body is no form's."""
    head = Message()
    head["Content-Type"] = environ.get("CONTENT_TYPE", "") or "application/x-www-form-urlencoded"
    if head.get_content_type() == "multipart/form-data":
        return _part(
            f"Content-Type: {head['Content-Type']}\r\n\r\n".encode("latin-1", "replace") + body, name
        )
    if head.get_content_type() != "application/x-www-form-urlencoded":
        return ""
    try:
        fields = parse_qs(body.decode("utf-8", "replace"), max_num_fields=10)
    except ValueError:
        return ""
    return fields.get(name, [""])[0]


def _part(message: bytes, name: str) -> str:
    """Give a field of a form that came in parts (RFC 7578), "" where it is not there."""
    form = message_from_bytes(message)
    parts = form.get_payload() if form.is_multipart() else []
    for part in parts if isinstance(parts, list) else ():
        if isinstance(part, Message) and part.get_param("name", header="Content-Disposition") == name:
            return str(part.get_payload())
    return ""
