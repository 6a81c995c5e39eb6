"""Run readers in a child process with limits: a file that runs away takes nothing with it."""

import base64
import json
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, Self

from bulletin.collect.reading import Attached, Draft, Pictured, Reader, Reading, not_read
from bulletin.errors import BulletinError
from bulletin.model.contribution import FileOutcome
from bulletin.workspace.files import end_after, limit_memory

MOST_MEMORY = 512 * 1024 * 1024
MOST_SECONDS = 20.0
MOST_ANSWER = 96 * 1024 * 1024
ASK = "ask the sender for the words in an e-mail, and send us the file if you may"
UNREADABLE = "it is damaged, needs too much memory, or is made in a way this version does not know"


class Confined:
    """One child process that reads files one after the other; a new one takes over from one that died.

    What comes back is JSON, never a pickle: the child has looked at hostile bytes and is not trusted.
    """

    def __init__(self, memory: int = MOST_MEMORY, seconds: float = MOST_SECONDS) -> None:
        self._memory, self._seconds = memory, seconds
        self._child: Any = None
        self._pipe: Connection | None = None

    def read(self, reader: str, name: str, data: bytes) -> Reading:
        """Have a file read; what breaks, hangs or swells becomes "not read".

        Args:
            reader: `module:function` of the reader.
        """
        pipe = self._start()
        try:
            pipe.send_bytes(json.dumps([reader, name]).encode())
            pipe.send_bytes(data)
            if not pipe.poll(self._seconds):
                self._end()
                return not_read(f"reading it took more than {self._seconds:.0f} seconds", ASK)
            return _unpack(json.loads(pipe.recv_bytes(MOST_ANSWER)))
        except (EOFError, OSError, ValueError, KeyError, TypeError, AttributeError):
            self._end()
            return not_read(UNREADABLE, ASK)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def _start(self) -> Connection:
        if self._pipe is None:
            context = get_context("spawn")
            try:
                self._pipe, theirs = context.Pipe()
                limits = (theirs, self._memory, self._seconds)
                self._child = context.Process(target=_serve, args=limits, daemon=True)
                self._child.start()
            except OSError as fault:
                raise BulletinError(
                    f"no process could be started to read files in: {fault.strerror or fault}",
                    "close some programs, then collect again; nothing was changed",
                ) from None
            theirs.close()
        return self._pipe

    def _end(self) -> None:
        if self._pipe is not None:
            self._pipe.close()
            if self._child.pid:
                self._child.kill()
                self._child.join()
            self._child, self._pipe = None, None


def _serve(pipe: Connection, memory: int, seconds: float) -> None:
    """Be the child: read what is asked for until nobody asks any more."""
    import logging
    import os
    import signal
    import sys
    import warnings

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends its child
    limit_memory(memory)
    sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 -- to the end
    logging.disable()
    warnings.simplefilter("ignore")
    while True:
        try:
            end_after(0)
            reader, name = json.loads(pipe.recv_bytes())
            data = pipe.recv_bytes()
            end_after(int(2 * seconds) + 1)  # nobody else would, had the parent been killed
            pipe.send_bytes(json.dumps(_pack(_read(reader, name, data))).encode())
        except (EOFError, OSError):
            return


def _read(reader: str, name: str, data: bytes) -> Reading:
    module, _, function = reader.partition(":")
    try:
        read: Reader = getattr(import_module(module), function)
        return read(name, data)
    except Exception:  # noqa: BLE001 -- whatever a library throws at hostile bytes, the rest goes on
        return not_read(UNREADABLE, ASK)


def _pack(reading: Reading) -> dict[str, Any]:
    return {
        "outcome": reading.outcome.value,
        "why": reading.why,
        "hint": reading.hint,
        "drafts": [[dict(one.labels), one.text, one.inferred] for one in reading.drafts],
        "notes": reading.notes,
        "sender": reading.sender,
        "attached": [[one.name, base64.b64encode(one.data).decode()] for one in reading.attached],
        "pictures": [
            [one.name, base64.b64encode(one.data).decode(), one.alt, one.inside] for one in reading.pictures
        ],
    }


def _unpack(data: dict[str, Any]) -> Reading:
    return Reading(
        FileOutcome(data["outcome"]),
        str(data["why"]),
        str(data["hint"]),
        tuple(_draft(*one) for one in data["drafts"]),
        tuple(str(note) for note in data["notes"]),
        tuple(Attached(str(name), base64.b64decode(held)) for name, held in data["attached"]),
        str(data["sender"]),
        tuple(
            Pictured(str(name), base64.b64decode(held), str(alt), bool(inside))
            for name, held, alt, inside in data["pictures"]
        ),
    )


def _draft(labels: dict[str, str], text: str, inferred: list[str]) -> Draft:
    given = {str(name): str(value) for name, value in labels.items()}
    return Draft(given, str(text), tuple(str(one) for one in inferred))
