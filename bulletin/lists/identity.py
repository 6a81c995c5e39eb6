"""What an address is, and when two of them are one person."""

import re
import unicodedata
from functools import cache

_MAX_LOCAL = 64  # octets, RFC 5321 4.5.3.1.1
_MAX_ADDRESS = 254  # octets, RFC 5321 4.5.3.1.3 less its angle brackets


def identity(address: str) -> str:
    """Fold an address to the key of the person: case, Unicode form, and the domain as IDNA A-labels.

    Total: what is no address is folded too, so that it still equals itself.
    """
    if address.isascii():
        folded = address.strip().lower()
        return address if folded == address else folded  # one string, where there are very many
    local, at, domain = address.strip().rpartition("@")
    return _fold(local) + at + _ascii_domain(domain)


def problem_with(address: str) -> str:
    """Say what is wrong with an address, as a clause, or "" where nothing is.

    Judges the form alone (RFC 5321, RFC 6531): whether the domain takes mail is the relay's to say, so
    `.example` and `.test` are as good as any.
    """
    if len(address) > _MAX_ADDRESS:
        return "it is too long for an e-mail address"
    if _plain().fullmatch(address):
        return "" if address.index("@") <= _MAX_LOCAL else "the part before the @ is too long"
    if "@" not in address:
        return "there is no @ in it"
    if "\u2019" in address or "\u2018" in address:
        return "it has a curly apostrophe"
    if re.search(r"\s", address):
        return "there is a space in it"
    return _library_says(address)


@cache
def _plain() -> re.Pattern[str]:
    """Match what is plainly an address, which nearly all are, without importing a library to say so."""
    atoms = r"[A-Za-z0-9_'+-]+(?:\.[A-Za-z0-9_'+-]+)*"
    labels = r"(?:[A-Za-z0-9](?:-?[A-Za-z0-9])*\.)+[A-Za-z]{2,63}"
    return re.compile(rf"{atoms}@(?=.{{1,253}}$)(?!.*[A-Za-z0-9-]{{64}}){labels}")


def _library_says(address: str) -> str:
    from email_validator import EmailNotValidError, validate_email

    try:
        validate_email(address, check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        sentence = str(error).rstrip(".")
        return sentence[:1].lower() + sentence[1:]
    return ""


def _fold(text: str) -> str:
    """Fold case so that canonically equal texts come out equal (Unicode 3.13, D145)."""
    folded = unicodedata.normalize("NFD", unicodedata.normalize("NFD", text).casefold())
    return unicodedata.normalize("NFC", folded)


def _ascii_domain(domain: str) -> str:
    if domain.isascii():
        return domain.lower()
    from email_validator import EmailNotValidError, validate_email

    try:
        checked = validate_email(f"x@{domain}", check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return _fold(domain)
    return checked.ascii_domain
