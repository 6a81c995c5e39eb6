"""Write a small Outlook .msg: an OLE compound file (MS-CFB, version 3) of named streams in folders."""

import struct
from collections.abc import Mapping

SECTOR, MINI = 512, 64
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD

Folder = Mapping[str, "bytes | Folder"]


def message(
    subject: str, plain: str = "", html: bytes = b"", **more: bytes | Folder
) -> dict[str, bytes | Folder]:
    """Give the streams of a message; `more` are others, by tag and type (`s_0C1A001F`) or folder name."""
    streams: dict[str, bytes | Folder] = {"__properties_version1.0": b"\0" * 32}
    for tag, data in (
        ("0037001F", subject.encode("utf-16-le")),
        ("1000001F", plain.encode("utf-16-le")),
        ("10130102", html),
    ):
        if data:
            streams[f"__substg1.0_{tag}"] = data
    for name, value in more.items():
        streams[name.replace("s_", "__substg1.0_", 1) if name.startswith("s_") else name] = value
    return streams


def attachment(name: str, data: bytes, cid: str = "") -> dict[str, bytes | Folder]:
    """Give the streams of something attached."""
    streams: dict[str, bytes | Folder] = {"__properties_version1.0": b"\0" * 8}
    streams |= {"__substg1.0_3707001F": name.encode("utf-16-le"), "__substg1.0_37010102": data}
    return streams | ({"__substg1.0_3712001F": cid.encode("utf-16-le")} if cid else {})


def compound(root: Folder) -> bytes:
    """Write the file: everything in whole sectors, small streams in the mini stream as they must be."""
    entries: list[list[object]] = []
    _enter(entries, "Root Entry", root)
    mini, mini_fat, sectors, fat = bytearray(), list[int](), bytearray(), list[int]()
    for entry in entries[1:]:
        if isinstance(entry[1], bytes) and entry[1]:
            store, table, size = (mini, mini_fat, MINI) if len(entry[1]) < 4096 else (sectors, fat, SECTOR)
            entry[4] = _put(store, table, entry[1], size)
    mini_size, mini_start = len(mini), _put(sectors, fat, bytes(mini), SECTOR)
    mini_fat_start = _put(sectors, fat, b"".join(struct.pack("<I", one) for one in mini_fat), SECTOR, b"\xff")
    directory = b"".join(_entry(entry, mini_start, mini_size) for entry in entries)
    directory_start = _put(sectors, fat, directory, SECTOR)
    fat.append(FAT)
    table = b"".join(struct.pack("<I", one) for one in fat).ljust(SECTOR, b"\xff")
    assert len(table) == SECTOR, "too large for one sector of the table"
    head = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\0" * 16
        + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6)
        + b"\0" * 6
    )
    head += struct.pack(
        "<IIIIIIIIII",
        0,
        1,
        directory_start,
        0,
        4096,
        mini_fat_start,
        -(-len(mini_fat) // 128) or 1,
        END,
        0,
        len(fat) - 1,
    )
    return head + b"\xff" * (SECTOR - len(head)) + bytes(sectors) + table


def _enter(entries: list[list[object]], name: str, content: "bytes | Folder") -> int:
    """Add an entry and what is in it: name, content, child, next sibling, first sector."""
    at = len(entries)
    entries.append([name, content, FREE, FREE, END])
    before = None
    if not isinstance(content, bytes):
        for inside, value in content.items():
            number = _enter(entries, inside, value)
            if before is None:
                entries[at][2] = number
            else:
                entries[before][3] = number
            before = number
    return at


def _put(store: bytearray, table: list[int], data: bytes, size: int, fill: bytes = b"\0") -> int:
    if not data:
        return END
    start, count = len(table), -(-len(data) // size)
    store += data.ljust(count * size, fill)
    table += [*range(start + 1, start + count), END]
    return start


def _entry(entry: list[object], mini_start: int, mini_size: int) -> bytes:
    name, content, child, sibling, start = entry
    wide = str(name).encode("utf-16-le")
    kind, size = (2, len(content)) if isinstance(content, bytes) else (1, 0)
    if name == "Root Entry":
        kind, start, size = 5, mini_start, mini_size
    head = wide.ljust(64, b"\0") + struct.pack("<HBBIII", len(wide) + 2, kind, 1, FREE, sibling, child)
    return (
        head + b"\0" * 36 + struct.pack("<IQ", start if size or kind == 5 else END if kind == 2 else 0, size)
    )
