"""Write the headers of a mailing list: what it is called, where help is, and the way out."""

from dataclasses import dataclass
from functools import lru_cache

from bulletin.mail import headers
from bulletin.mail.addresses import mailto

_NAMES = ("List-Id", "List-Help", "List-Post", "List-Unsubscribe")
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
    """Give the names of the headers that `list_headers` writes."""
    return (*_NAMES, _ONE_CLICK) if leaving.is_one_click else _NAMES


def list_headers(list_id: str, leave: str, list_name: str, leaving: Leaving) -> bytes:
    """Write a list's headers (RFC 2369, 2919, 8058).

    leave: the address to write to for no more of this.
    """
    subject = leaving.subject or f"unsubscribe {list_name}".rstrip()
    if not leaving.url:
        return _same(list_id, leave) + _by_mail(leave, subject)
    out = headers.uris("List-Unsubscribe", (leaving.url, mailto(leave, subject)))
    post = headers.structured(_ONE_CLICK, "List-Unsubscribe=One-Click") if leaving.is_one_click else b""
    return _same(list_id, leave) + out + post


@lru_cache(maxsize=64)
def _same(list_id: str, leave: str) -> bytes:
    """Write what is the same for everybody: that help is there, and posting is not (RFC 2369 3.1, 3.4)."""
    return b"".join(
        (
            headers.structured("List-Id", f"<{list_id}>"),
            headers.uris("List-Help", (mailto(leave, "help"),)),
            headers.structured("List-Post", "NO"),
        )
    )


@lru_cache(maxsize=64)
def _by_mail(leave: str, subject: str) -> bytes:
    return headers.uris("List-Unsubscribe", (mailto(leave, subject),))
