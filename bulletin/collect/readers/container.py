"""Open zip containers (.docx, .xlsx, .odt) only once what they claim to hold has been looked at."""

import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from xml.etree import ElementTree as ET
from xml.parsers import expat

from bulletin.collect.reading import ASK_AGAIN, ASK_WORDS, Reading, not_read

MOST_BYTES = 20 * 1024 * 1024
MOST_ENTRIES = 500
MOST_UNPACKED = 100 * 1024 * 1024
MOST_RATIO = 200
"""How many times its packed size an entry may be; deflate alone can reach 1,032."""
FREE_RATIO = 1024 * 1024
"""An entry up to this size may have any ratio: a page of spaces is no bomb."""
MOST_DEPTH = 200
"""How deep XML may nest: real documents stay under 60, and recursion ends at 1,000."""


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a file begins that Office wrote before 2007, or locked with a password (MS-CFB 2.2)."""

_CENTRAL = b"PK\x01\x02"
_ENCRYPTED = 0x1
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, KeyError, IndexError),
    *(NotImplementedError, RuntimeError, OverflowError),
)


class PartError(ValueError):
    """A part of a container that cannot be had: missing, damaged, or XML with a document type."""


@dataclass(frozen=True, slots=True)
class Container:
    """A zip container within its limits.

    names: its parts, as the container has them, folders left out.
    """

    names: tuple[str, ...]
    _zip: zipfile.ZipFile

    def __contains__(self, name: object) -> bool:
        """Tell whether there is a part of this name."""
        return name in self.names

    def read(self, name: str) -> bytes:
        """Give a part's bytes; raise PartError where it is missing or damaged."""
        try:
            return self._zip.read(name)
        except _BROKEN as fault:
            raise PartError(f"its part {name} is damaged") from fault

    def xml(self, name: str) -> ET.Element:
        """Give a part's XML; raise PartError where it is missing or `parse_xml` refuses it."""
        return parse_xml(self.read(name))


def is_locked(data: bytes) -> bool:
    """Whether a file of Office is one that a password locks."""
    return data.startswith(OLE) and "EncryptedPackage".encode("utf-16-le") in data


def open_container(data: bytes) -> Container | Reading:
    """Open a zip container, or say in a Reading why it stays shut.

    Nothing is unpacked here: the sizes are those its directory declares, and zipfile never gives more of an
    entry than it declares.
    """
    if len(data) > MOST_BYTES:
        return not_read(
            "it is too large (at most 20 MB)", "ask the sender for a smaller one, or a link to it"
        )
    if data.count(_CENTRAL) > 10 * MOST_ENTRIES:
        return _too_many(data.count(_CENTRAL))
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except _BROKEN:
        return not_read("it is damaged or cut short: it cannot be unpacked", ASK_AGAIN)
    return _refusal(entries, data) or Container(
        tuple(entry.filename for entry in entries if not entry.is_dir()), archive
    )


def parse_xml(data: bytes) -> ET.Element:
    """Parse the XML of an office document; raise PartError rather than follow a document type or entity.

    Neither OOXML nor OpenDocument may have one (ECMA-376 part 2, 9.1.1.4.4), and without one no entity can
    grow or reach out of the file.
    """
    builder = ET.TreeBuilder()
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MOST_DEPTH:
            raise PartError("its parts are nested too deeply")
        builder.start(_qualified(name), {_qualified(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_qualified(name))

    def doctype(*_: object) -> None:
        raise PartError("it declares a document type, as no office program does")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(data, True)
        return builder.close()
    except PartError:
        raise
    except (expat.ExpatError, AssertionError, ValueError, LookupError) as fault:
        raise PartError("its XML is damaged") from fault


def _qualified(name: str) -> str:
    return "{" + name if "}" in name else name


def _refusal(entries: list[zipfile.ZipInfo], data: bytes) -> Reading | None:
    """Say why a container stays shut, None where it may be opened."""
    if len(entries) > MOST_ENTRIES:
        return _too_many(len(entries))
    names = [entry.filename for entry in entries]
    unpacked = sum(entry.file_size for entry in entries)
    bomb = "do not open it; if you know the sender, " + ASK_WORDS
    for wrong, why, hint in (
        (any(entry.flag_bits & _ENCRYPTED for entry in entries), "it is protected with a password",
         "ask the sender for it without the password"),
        (not all(map(_is_tame, names)), "it names files outside itself, as no office program does",
         ASK_WORDS),
        (len(set(names)) < len(names), "it has two parts of one name, as no office program writes",
         ASK_WORDS),
        (unpacked > MOST_UNPACKED or any(map(_explodes, entries)),
         "it would unpack to far more than a document holds (a zip bomb?)", bomb),
        (_overlap(entries, len(data)) or any(entry.compress_type not in (0, 8) for entry in entries),
         "it is damaged, or packed in a way no office program uses", ASK_AGAIN),
    ):  # fmt: skip
        if wrong:
            return not_read(why, hint)
    return None


def _too_many(entries: int) -> Reading:
    return not_read(
        f"it holds too many files ({entries:,}; a document has at most {MOST_ENTRIES})", ASK_WORDS
    )


def _is_tame(name: str) -> bool:
    """Whether an entry's name stays inside the container."""
    parts = re.split(r"[/\\]", name)
    return bool(name) and "\0" not in name and parts[0] != "" and ":" not in parts[0] and ".." not in parts


def _explodes(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > max(FREE_RATIO, MOST_RATIO * entry.compress_size)


def _overlap(entries: list[zipfile.ZipInfo], size: int) -> bool:
    """Whether entries share bytes, which is how 40 KB unpack to petabytes; older Pythons do not look."""
    at = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < at:
            return True
        at = entry.header_offset + 30 + entry.compress_size
    return at > size
