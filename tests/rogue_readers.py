"""Readers that misbehave, as libraries do on hostile bytes."""

import os
import time

from bulletin.collect.reading import Draft, Reading
from bulletin.model.contribution import FileOutcome


def hang(name: str, data: bytes) -> Reading:
    time.sleep(60)
    raise AssertionError


def swell(name: str, data: bytes) -> Reading:
    hoard = [b"x" * 50_000_000 for _ in range(100)]
    return Reading(FileOutcome.READ, str(len(hoard)))


def crash(name: str, data: bytes) -> Reading:
    os._exit(3)


def fail(name: str, data: bytes) -> Reading:
    raise ZeroDivisionError


def chatter(name: str, data: bytes) -> Reading:
    print("a word on standard output")
    return read(name, data)


def read(name: str, data: bytes) -> Reading:
    draft = Draft({"title": name}, data.decode(), ("title from its name",))
    return Reading(FileOutcome.READ, "why", "hint", (draft,), ("a note",), sender="Jo <jo@bodies.example>")
