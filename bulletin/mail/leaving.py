"""Write the headers of a mailing list: what it is called, where help is, and the way out."""

from dataclasses import dataclass
from functools import cache, lru_cache

from bulletin.mail import headers
from bulletin.mail.addresses import mailto

NAMES = ("List-Id", "List-Help", "List-Post")
"""The headers all readers of a list share."""

_OUT = "List-Unsubscribe"
_ONE_CLICK = "List-Unsubscribe-Post"


@dataclass(frozen=True, slots=True)
class Leaving:
    """One recipient's own way out.

    subject: of the e-mail that asks for it, "" for one that names the list alone.
    url: a page that takes them off when it is posted to (RFC 8058), "" for none.
    """

    subject: str = ""
    url: str = ""

    @property
    def is_one_click(self) -> bool:
        """Whether mail programs may take somebody off by themselves: by https alone (RFC 8058 3.1)."""
        return self.url.startswith("https://")


def names_of(leaving: Leaving) -> tuple[str, ...]:
    """Give the names of the headers that `way_out` writes."""
    return (_OUT, _ONE_CLICK) if leaving.is_one_click else (_OUT,)


def way_out(leave: str, list_name: str, leaving: Leaving) -> bytes:
    """Write the headers that lead one person out (RFC 2369 3.2, 8058).

    leave: the address to write to for no more of this.
    """
    subject = leaving.subject or f"unsubscribe {list_name}".rstrip()
    if not leaving.url:
        return _by_mail(leave, subject)
    out = headers.uris(_OUT, (leaving.url, mailto(leave, subject)))
    return out + (_one_click() if leaving.is_one_click else b"")


def list_headers(list_id: str, leave: str) -> bytes:
    """Write a list's name, that help is there, and posting is not (RFC 2919, 2369 3.1, 3.4)."""
    return b"".join(
        (
            headers.structured("List-Id", f"<{list_id}>"),
            headers.uris("List-Help", (mailto(leave, "help"),)),
            headers.structured("List-Post", "NO"),
        )
    )


@lru_cache(maxsize=64)
def _by_mail(leave: str, subject: str) -> bytes:
    return headers.uris(_OUT, (mailto(leave, subject),))


@cache
def _one_click() -> bytes:
    return headers.structured(_ONE_CLICK, "List-Unsubscribe=One-Click")
