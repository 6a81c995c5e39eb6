"""What the files of a pack say, read back from their bytes: members of zips and parts of messages too."""

import json
import re
from collections.abc import Iterator, Mapping
from email import message_from_bytes, policy
from html import unescape
from typing import NamedTuple

from bulletin.pack.zipped import unzipped

PACKED = (".zip", ".docx")
_TAG = re.compile(r"<[^>]*>")
_PARAGRAPH = re.compile(r"</w:p>|<w:(?:br|tab)/>|</(?:cp|dc|dcterms):\w+>")
"""What parts words in a Word document: its paragraphs, and the fields of its properties."""
_TARGET = re.compile(r'\bTarget="([^"]*)"')


class Content(NamedTuple):
    """One thing in a file: where it is ("parts.zip: html/bus.html"), its kind (its ending), what it says."""

    place: str
    kind: str
    words: str


def contents(files: Mapping[str, bytes]) -> Iterator[Content]:
    """Give the words of every file, as a stranger reads them from its bytes; pictures say nothing."""
    for name, data in files.items():
        ending = name[name.rfind(".") :].lower()
        if ending in PACKED:
            for found in contents(unzipped(data)):
                yield found._replace(place=f"{name}: {found.place}")
        elif ending == ".eml":
            yield from _message(name, data)
        elif ending in (".xml", ".rels"):
            yield Content(name, ending, _of_xml(data.decode()))
        elif ending == ".json":
            yield Content(name, ending, " \n".join(_strings(json.loads(data))))
        elif ending == ".ics":
            yield Content(name, ending, _unfolded(data))
        elif ending in (".html", ".txt", ".md"):
            yield Content(name, ending, data.decode())


def _message(name: str, data: bytes) -> Iterator[Content]:
    """Give a message's headers, then each of its parts."""
    message = message_from_bytes(data, policy=policy.default)
    yield Content(
        f"{name}: headers", ".headers", "\n".join(f"{key}: {value}" for key, value in message.items())
    )
    for part in message.walk():
        kind = {"text/html": ".html", "text/plain": ".txt", "text/calendar": ".ics"}.get(
            part.get_content_type()
        )
        if kind == ".ics":
            yield Content(f"{name}: {part.get_filename()}", kind, _unfolded(part.get_payload(decode=True)))
        elif kind:
            yield Content(f"{name}: {part.get_content_type()}", kind, str(part.get_content()))


def _of_xml(source: str) -> str:
    """Give the words of a part of a Word document, and where its links lead."""
    targets = " ".join(_TARGET.findall(source))
    return unescape(f"{_TAG.sub('', _PARAGRAPH.sub(chr(10), source))} {targets}")


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)


def _unfolded(data: object) -> str:
    """Give a calendar file's words, but for its UID, which looks like an address."""
    words = data.decode() if isinstance(data, bytes) else ""
    lines = words.replace("\r\n ", "").replace("\r\n\t", "").split("\r\n")
    kept = "\n".join(line for line in lines if not line.startswith("UID:"))
    return kept.replace("\\n", "\n").replace("\\", "")
