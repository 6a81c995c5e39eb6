"""Reach the properties of an Outlook message (MS-OXMSG): streams named by tag and type, in an OLE file."""

import struct
from dataclasses import dataclass

import olefile

from bulletin.collect.readers.mail.headers import decode_text

MOST_BYTES = 60 * 1024 * 1024
"""How much all properties together may unpack to: a hostile file may name the same bytes many times."""


@dataclass
class Store:
    """The streams of a compound file, and how many bytes may still be read."""

    ole: olefile.OleFileIO
    paths: frozenset[tuple[str, ...]]
    left: int = MOST_BYTES

    def has(self, folder: tuple[str, ...]) -> bool:
        """Whether a folder holds a message."""
        deep = len(folder)
        first = ("__substg1.0_0037", "__properties_version1.0")
        return any(path[:deep] == folder and "".join(path[deep:]).startswith(first) for path in self.paths)

    def binary(self, folder: tuple[str, ...], tag: str, kind: str = "0102") -> bytes:
        """Give a property's bytes; b"" where it is missing."""
        path = (*folder, f"__substg1.0_{tag}{kind}")
        if path not in self.paths:
            return b""
        size = self.ole.get_size(list(path))
        self.left -= size
        if self.left < 0:
            raise OverflowError("its properties unpack to too much")
        with self.ole.openstream(list(path)) as stream:
            return bytes(stream.read(size))

    def text(self, folder: tuple[str, ...], tag: str) -> str:
        """Give a property's words, from its Unicode form or the one in a Windows code page."""
        wide = self.binary(folder, tag, "001F")
        if wide:
            text = wide.decode("utf-16-le", "replace").replace("\0", "")
            return text.replace("\r\n", "\n").replace("\r", "\n")
        return decode_text(self.binary(folder, tag, "001E").rstrip(b"\0"), self.code_page(folder))[0]

    def code_page(self, folder: tuple[str, ...], tag: int = 0x3FFD) -> str:
        """Give the character set a message says its narrow strings are in."""
        number = self.number(folder, tag)
        return "utf-8" if number == 65001 else f"cp{number}" if number else ""

    def number(self, folder: tuple[str, ...], tag: int) -> int:
        """Read a whole number out of the fixed properties: rows of 16 bytes, the tag in bytes 2 and 3."""
        path = (*folder, "__properties_version1.0")
        if path not in self.paths:
            return 0
        with self.ole.openstream(list(path)) as stream:
            rows = stream.read(200_000)
        header = 32 if not folder else 24 if "substg" in folder[-1] else 8
        for at in range(header, len(rows) - 15, 16):
            kind, found = struct.unpack_from("<HH", rows, at)
            if (kind, found) == (3, tag):
                return int(struct.unpack_from("<I", rows, at + 8)[0])
        return 0
