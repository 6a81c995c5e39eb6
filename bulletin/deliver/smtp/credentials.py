"""Find the relay's password or token: in a command's output, a file, the environment or the keyring.

It is held in memory alone, and nothing here shows it.
"""

import importlib
import importlib.util
import os
import stat
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from bulletin.deliver.smtp.access import Access
from bulletin.deliver.waiting import elsewhere
from bulletin.errors import RelayError
from bulletin.model.relay import Auth

VARIABLE = "BULLETIN_RELAY_PASSWORD"
SERVICE = "bulletin"
"""Under this name, and user@host, the keyring keeps it."""

_SECONDS_FOR_A_COMMAND = 60
_LONGEST = 16 * 1024
_TOKEN_LASTS = 300


class Secret:
    """A password or token that shows itself to nobody who does not ask."""

    __slots__ = ("_words",)

    def __init__(self, words: str) -> None:
        self._words = words

    def reveal(self) -> str:
        """Give the words themselves."""
        return self._words

    def __repr__(self) -> str:
        return "Secret(***)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not written down")


class Credentials:
    """Who signs in at the relay, and with what; many connections may ask, and one looks.

    A password is looked for once. A token lasts an hour or less, so it is asked for again after five minutes.
    """

    def __init__(self, user: str, host: str, access: Access) -> None:
        self.user = user
        self.auth = access.auth
        self._host = host
        self._access = access
        self._lock = threading.Lock()
        self._secret: Secret | None = None
        self._until = 0.0

    def secret(self) -> Secret:
        """Give the password or the token.

        Raises:
            RelayError: there is none, or the place where it should be cannot be used.
        """
        return elsewhere(self._find)

    def _find(self) -> Secret:
        with self._lock:
            if self._secret is None or time.monotonic() > self._until:
                self._secret = find_secret(self._access, self.user, self._host)
                lasts = _TOKEN_LASTS if self.auth is Auth.XOAUTH2 else float("inf")
                self._until = time.monotonic() + lasts
            return self._secret


def find_secret(access: Access, user: str, host: str) -> Secret:
    """Look in each place in turn: what the settings name, the environment, the keyring.

    Raises:
        RelayError: there is none, or what the settings name cannot be used.
    """
    if access.password_command:
        return _sound(_from_command(access.password_command), "the password_command in [relay]")
    if access.password_file:
        return _sound(_from_file(access.password_file), f"the password file {access.password_file}")
    if words := os.environ.get(VARIABLE, ""):
        return _sound(words, f"the environment's {VARIABLE}")
    if words := _from_keyring(user, host):
        return _sound(words, "the keyring")
    raise RelayError(
        f"there is no password for {user} at {host}; nothing was sent",
        f"give password_command or password_file in [relay], or the environment variable {VARIABLE}",
    )


def _sound(words: str, place: str) -> Secret:
    """Take the first line, which must hold something that can be a password."""
    line = words.partition("\n")[0].removesuffix("\r")
    if not line or not line.isprintable():
        what = "a control character" if line else "nothing"
        raise RelayError(
            f"{place} gives {what} where a password should be; nothing was sent",
            "it stands in the first line",
        )
    return Secret(line)


def _from_command(command: tuple[str, ...]) -> str:
    """Run a command and give what it prints; what it complains of goes to the terminal, and nowhere else."""
    try:
        done = subprocess.run(  # noqa: S603  the officer's own command, without a shell
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            timeout=_SECONDS_FOR_A_COMMAND,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _command_failed(command, f"did not end in {_SECONDS_FOR_A_COMMAND} seconds") from None
    except OSError as error:
        raise _command_failed(command, f"could not be run: {error.strerror}") from None
    if done.returncode:
        raise _command_failed(command, f"ended with code {done.returncode}")
    return _decoded(done.stdout, "what the password_command prints")


def _command_failed(command: tuple[str, ...], why: str) -> RelayError:
    return RelayError(
        f"the password_command in [relay], {command[0]}, {why}; nothing was sent",
        "run it in a terminal: it must print the password, or the token, in its first line",
    )


def _from_file(path: Path) -> str:
    """Read a file that nobody else can read."""
    try:
        with path.open("rb") as file:
            _refuse_open_to_others(path, os.fstat(file.fileno()))
            data = file.read(_LONGEST)
    except OSError as error:
        raise RelayError(
            f"the password file {path} cannot be read: {error.strerror}; nothing was sent",
            "see password_file in [relay]",
        ) from None
    return _decoded(data, f"the password file {path}")


def _refuse_open_to_others(path: Path, status: os.stat_result) -> None:
    """Refuse a file others may read or change; Windows keeps no such bits, and guards a user's own folder."""
    if not stat.S_ISREG(status.st_mode):
        raise RelayError(f"the password file {path} is no file; nothing was sent", "see password_file")
    own: Callable[[], int] | None = getattr(os, "getuid", None)
    if own is None:
        return
    if status.st_uid not in (own(), 0) or status.st_mode & 0o077:
        raise RelayError(
            f"the password file {path} can be read by others than its owner; nothing was sent",
            f"run: chmod 600 {path}, and change the password if others may have seen it",
        )


def _decoded(data: bytes, place: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RelayError(f"{place} is not UTF-8 text; nothing was sent", "save it as UTF-8") from None


def _from_keyring(user: str, host: str) -> str:
    """Ask the system's keyring where the package for that is installed; one that is locked has nothing."""
    if importlib.util.find_spec("keyring") is None:
        return ""
    try:
        return importlib.import_module("keyring").get_password(SERVICE, f"{user}@{host}") or ""
    except Exception:  # noqa: BLE001  each backend fails in its own way, on a machine without a screen always
        return ""
