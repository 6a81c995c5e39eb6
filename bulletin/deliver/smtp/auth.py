"""Sign in at a relay (RFC 4954): PLAIN, LOGIN and XOAUTH2, in TLS alone."""

import base64

from bulletin.deliver.smtp.advice import advised
from bulletin.deliver.smtp.connection import Connection, LostError
from bulletin.deliver.smtp.credentials import Credentials
from bulletin.deliver.smtp.offers import Offers
from bulletin.deliver.smtp.replies import Meaning, Phase, ProtocolError, Reply, meaning
from bulletin.errors import RelayError
from bulletin.model.relay import Auth

_ASKS = 334
_NOT_ACCEPTED = (None, (5, 7, 3), (5, 7, 8))
_REFUSED = (
    "the token was not accepted. See that password_command prints a new one, for this mailbox, with the "
    "right to send by SMTP (for Microsoft SMTP.Send)"
)


def sign_in(connection: Connection, offers: Offers, credentials: Credentials, seconds: float) -> None:
    """Sign in; the connection is in TLS by now.

    Raises:
        RelayError: the relay does not let us in. LostError: not now.
    """
    auth = choose(credentials.auth, offers)
    user, secret = credentials.user, credentials.secret().reveal()
    answers = _answers(auth, user, secret)
    connection.hide(secret, *answers)
    reply = _converse(connection, auth, answers, seconds)
    means = meaning(reply, Phase.AUTH) if reply.code != _ASKS else Meaning.STOP
    if means is Meaning.CLOSING:
        raise LostError(f"it said {reply}", reply)
    if means is Meaning.STOP:
        is_token = auth is Auth.XOAUTH2 and reply.enhanced in _NOT_ACCEPTED
        hint = _REFUSED if is_token else advised(reply)
        raise RelayError(f"the relay does not let {user} sign in: {reply}", hint)


def choose(auth: Auth, offers: Offers) -> Auth:
    """Choose the mechanism: the one that is set, else PLAIN or LOGIN.

    Raises:
        RelayError: the relay does not offer it.
    """
    wanted = (Auth.PLAIN, Auth.LOGIN) if auth is Auth.AUTO else (auth,)
    for one in wanted:
        if one.value.upper() in offers.auth:
            return one
    offered = ", ".join(sorted(offers.auth)) or "none"
    hint = f"ways of signing in it offers: {offered}. See auth in [relay]"
    if "XOAUTH2" in offers.auth and auth is Auth.AUTO:
        hint = 'it wants a token: auth = "xoauth2" and a password_command in [relay] that prints one'
    names = " or ".join(one.value.upper() for one in wanted)
    raise RelayError(f"the relay offers no signing in by {names}; no password left this machine", hint)


def _answers(auth: Auth, user: str, secret: str) -> tuple[str, ...]:
    """Give what is said in turn, encoded."""
    if auth is Auth.LOGIN:
        return _encoded(user), _encoded(secret)
    if auth is Auth.XOAUTH2:
        return (_encoded(f"user={user}\x01auth=Bearer {secret}\x01\x01"),)
    return (_encoded(f"\0{user}\0{secret}"),)


def _converse(connection: Connection, auth: Auth, answers: tuple[str, ...], seconds: float) -> Reply:
    """Say AUTH and each answer; whatever else the relay then asks gets an empty one, which ends it."""
    name = auth.value.upper()
    if auth is Auth.LOGIN:
        reply = connection.command(f"AUTH {name}", seconds)
        for answer in answers:
            if reply.code != _ASKS:
                return _not_yet(reply)
            reply = connection.command(answer, seconds)
    else:
        reply = connection.command(f"AUTH {name} {answers[0]}", seconds)
    return connection.command("", seconds) if reply.code == _ASKS else reply


def _not_yet(reply: Reply) -> Reply:
    if reply.code < 400:
        raise ProtocolError(f"it answered {reply.code} before it was told who we are")
    return reply


def _encoded(words: str) -> str:
    return base64.b64encode(words.encode()).decode("ascii")
