"""Unpack the rich text an Outlook message may keep its words in (MS-OXRTFCP)."""

import struct

# What every compressed stream may refer back to before it has said anything itself (MS-OXRTFCP, 2.1.2.1).
_DICTIONARY = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor "
    rb"MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
_RING = 4096
_MOST = 5_000_000


def unpack_rich_text(data: bytes) -> bytes:
    """Give the RTF of a compressed stream; b"" where it is none or breaks off at once."""
    if len(data) < 16:
        return b""
    size, kind = min(struct.unpack_from("<I", data, 4)[0], _MOST), data[8:12]
    if kind == b"MELA":
        return data[16 : 16 + size]
    return _expand(data[16:], size) if kind == b"LZFu" else b""


def _expand(packed: bytes, size: int) -> bytes:
    ring = bytearray(_DICTIONARY.ljust(_RING, b"\0"))
    out, write, at = bytearray(), len(_DICTIONARY), 0
    while at < len(packed) and len(out) < size:
        control, at = packed[at], at + 1
        for bit in range(8):
            if control >> bit & 1:
                if at + 1 >= len(packed):
                    return bytes(out)
                token, at = packed[at] << 8 | packed[at + 1], at + 2
                offset, length = token >> 4, (token & 15) + 2
                if offset == write:
                    return bytes(out)
            else:
                if at >= len(packed):
                    return bytes(out)
                ring[write], offset, length, at = packed[at], write, 1, at + 1
            for step in range(length):
                byte = ring[(offset + step) % _RING]
                out.append(byte)
                ring[write] = byte
                write = (write + 1) % _RING
    return bytes(out[:size])
