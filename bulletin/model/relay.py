"""How one signs in at a relay."""

from enum import StrEnum


class Auth(StrEnum):
    """The mechanisms of AUTH (RFC 4954); auto: PLAIN, or LOGIN where only that is offered."""

    AUTO = "auto"
    PLAIN = "plain"
    LOGIN = "login"
    XOAUTH2 = "xoauth2"
