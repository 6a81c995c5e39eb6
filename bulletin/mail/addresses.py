"""Write an e-mail address as it goes over the wire."""

import re
from functools import lru_cache
from urllib.parse import quote

from bulletin.errors import BulletinError
from bulletin.wording import one_line

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u00A0-\U0010FFFF-]+"
_QUOTED = r'"(?:[ !#-\[\]-~\u00A0-\U0010FFFF]|\\[ -~])*"'
_DOMAIN = r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[!-Z^-~]+\]"
_ADDRESS = re.compile(rf"(?:{_ATOM}(?:\.{_ATOM})*|{_QUOTED})@(?:{_DOMAIN})")
_LONGEST = 254


@lru_cache(maxsize=256)
def wire_address(address: str) -> str:
    """Give an address as RFC 5321 has it: the domain in ASCII, the local part as it is.

    Raises:
        BulletinError: it is no address, or one whose words a mail program may take for code.
    """
    local, _, domain = address.rpartition("@")
    wire = address if domain.isascii() else f"{local}@{_ascii_domain(domain, address)}"
    sound = wire.isprintable() and _ADDRESS.fullmatch(wire) and len(wire.encode()) <= _LONGEST
    if not sound or "=?" in wire:
        raise _unusable(address)
    return wire


def wire_domain(domain: str) -> str:
    """Give a domain in ASCII, as in an address."""
    return wire_address(f"a@{domain}").rpartition("@")[2]


def mailto(address: str, subject: str) -> str:
    """Give a `mailto:` URI (RFC 6068) with a subject; everything but letters and digits is escaped."""
    local, _, domain = wire_address(address).rpartition("@")
    return f"mailto:{quote(local, safe='')}@{quote(domain, safe='')}?subject={quote(subject, safe='')}"


def _ascii_domain(domain: str, address: str) -> str:
    """Encode a domain by IDNA 2008: the standard library's codec is older and takes ß for ss."""
    from email_validator import EmailNotValidError, validate_email

    try:
        checked = validate_email(f"a@{domain}", check_deliverability=False, globally_deliverable=False)
    except EmailNotValidError as error:
        raise _unusable(address) from error
    return checked.ascii_domain


def _unusable(address: str) -> BulletinError:
    return BulletinError(
        f"{one_line(address) or '(nothing)'} is not an address that can be written to",
        "correct it in its mailing list or in bulletin.toml",
    )
