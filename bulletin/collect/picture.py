"""Pictures: decoded within limits, made small, and stripped of everything that is not the picture."""

import logging
import warnings
from io import BytesIO
from typing import NamedTuple

from PIL import Image, ImageOps

from bulletin.collect.reading import Reading, not_read
from bulletin.model.contribution import FileOutcome

MOST_PIXELS = 40_000_000
WIDEST = 1120  # pixels: twice the width at which a bulletin shows a picture
MOST_BYTES = 80 * 1024
SMALLEST = 40  # pixels: anything less is a spacer or a tracking dot
_QUALITIES = (85, 75, 65, 55, 45)
_AS_JPEG = "ask the sender for it as JPEG or PNG"
_GPS = 0x8825
_KINDS = {"JPEG": (".jpg", ".jpeg", ".jpe", ".jfif"), "PNG": (".png",), "GIF": (".gif",)}

_MARKS = {"JPEG": b"\xff\xd8\xff", "PNG": b"\x89PNG\r\n\x1a\n", "GIF": b"GIF8", "BMP": b"BM"}

logging.getLogger("PIL").addHandler(logging.NullHandler())
logging.getLogger("PIL").propagate = False


class Picture(NamedTuple):
    """A picture ready for print: `image/jpeg` or `image/png`; notes: what was changed or left behind."""

    media_type: str
    data: bytes
    width: int
    height: int
    notes: tuple[str, ...] = ()


def read_picture(name: str, data: bytes) -> Reading:
    """Say what a picture is and that somebody must say what it shows."""
    made = prepare(data)
    if isinstance(made, Reading):
        return made
    kind = kind_of(data)
    endings = _KINDS.get(kind, ())
    size = f"{made.width} by {made.height} pixels, {-(-len(made.data) // 1024)} KB"
    notes = [f"as it would be printed it is {size}"]
    if endings and not name.lower().endswith(endings) and "." in name:
        notes.append(f"it is a {kind} picture, whatever its ending says")
    why = "it is a picture: say what it shows, for those who cannot see it, and which item it belongs to"
    hint = "write Image and Alt into the item, or take the file out of the folder"
    return Reading(FileOutcome.NEEDS_YOU, why, hint, notes=(*notes, *made.notes))


def prepare(data: bytes) -> Picture | Reading:
    """Decode a JPEG, PNG or GIF and encode it anew, at most 1,120 px and 80 KB, without any metadata.

    A photograph becomes a JPEG, a flat drawing of few colours a PNG; what is transparent becomes white.
    """
    kind = kind_of(data)
    if kind not in _KINDS:
        return _other(kind)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=(kind,)) as image:
                return _prepared(image, data)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        return _too_large("")
    except Exception as fault:  # noqa: BLE001 - whatever the library raises, the picture is damaged
        return not_read(
            f"it is a damaged picture ({type(fault).__name__})", "ask the sender to send it again"
        )


def kind_of(data: bytes) -> str:
    """Tell what a picture is by its first bytes, "" for none that is known."""
    start = data[:64]
    for kind, mark in (
        ("JPEG", b"\xff\xd8\xff"),
        ("PNG", b"\x89PNG\r\n\x1a\n"),
        ("GIF", b"GIF8"),
        ("BMP", b"BM"),
    ):
        if start.startswith(mark):
            return kind
    if start.startswith(b"RIFF") and start[8:12] == b"WEBP":
        return "WebP"
    if start.startswith((b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")):
        return "TIFF"
    if start[4:8] == b"ftyp" and start[8:12] in (
        b"heic",
        b"heix",
        b"hevc",
        b"hevx",
        b"mif1",
        b"msf1",
        b"avif",
        b"avis",
    ):
        return "AVIF" if start[8:10] == b"av" else "HEIC"
    return "SVG" if b"<svg" in data[:4096].lower() else ""


def _other(kind: str) -> Reading:
    if not kind:
        return not_read("it is no picture that can be read, whatever its name says", _AS_JPEG)
    if kind == "HEIC":
        return not_read("it is a photograph in the format of an iPhone (HEIC)", _AS_JPEG)
    if kind == "SVG":
        return not_read(
            "it is a drawing (SVG), which mail programs do not show", "ask the sender for it as PNG"
        )
    return not_read(f"it is a picture in a format that mail programs do not show ({kind})", _AS_JPEG)


def _too_large(size: str) -> Reading:
    said = f" ({size})" if size else ""
    return not_read(
        f"the picture has too many pixels{said}: at most {MOST_PIXELS // 1_000_000} million",
        "ask the sender for a smaller version",
    )


def _prepared(image: Image.Image, data: bytes) -> Picture | Reading:
    """Encode an opened picture, whose size is known and whose pixels are not decoded yet."""
    width, height = image.size
    if width * height > MOST_PIXELS:
        return _too_large(f"{width:,} by {height:,}")
    if width < SMALLEST or height < SMALLEST:
        return not_read(
            f"the picture is too small to show anything ({width} by {height})", "take it out of the folder"
        )
    notes = _left_behind(image, data)
    image.draft("RGB", (WIDEST, WIDEST))
    flat = _flat(image)
    if image.mode in ("RGB", "RGBA", "L", "LA", "CMYK"):
        image.thumbnail(
            (WIDEST, WIDEST), Image.Resampling.LANCZOS
        )  # first, since 40 million pixels are 160 MB
    opaque = _on_white(ImageOps.exif_transpose(image))
    opaque.thumbnail((WIDEST, WIDEST), Image.Resampling.LANCZOS)
    if max(width, height) > WIDEST:
        notes.append(f"scaled down from {width} by {height} pixels")
    drawn = _png(opaque) if flat else None
    if drawn:
        return Picture("image/png", drawn, *opaque.size, tuple(notes))
    encoded, size = _jpeg(opaque)
    return Picture("image/jpeg", encoded, *size, tuple(notes))


def _left_behind(image: Image.Image, data: bytes) -> list[str]:
    notes = []
    try:
        located = bool(image.getexif().get_ifd(_GPS))
    except Exception:  # noqa: BLE001 - broken metadata is left behind like any other
        located = False
    if located or b"GPSLatitude" in data:
        notes.append("where it was taken was recorded in it, and was not kept")
    if getattr(image, "is_animated", False):
        notes.append("it moves: only the first of its pictures was kept")
    return notes


def _flat(image: Image.Image) -> bool:
    """Whether it is a drawing of few colours rather than a photograph."""
    if image.mode in ("1", "P"):
        return (
            image.mode == "1"
            or image.format == "PNG"
            or len(image.convert("RGB").getcolors(1 << 16) or ()) <= 64
        )
    return image.mode in ("RGB", "RGBA", "L", "LA") and image.getcolors(256) is not None


def _on_white(image: Image.Image) -> Image.Image:
    """Give it in RGB, with white where it was transparent, in any mode."""
    if image.mode in ("I;16", "I;16B", "I;16L", "I", "F"):
        image = (
            image.point(lambda value: value / 256).convert("L") if image.mode != "F" else image.convert("L")
        )
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        seen = image.convert("RGBA")
        white = Image.new("RGBA", seen.size, "white")
        return Image.alpha_composite(white, seen).convert("RGB")
    copy = image.convert("RGB")
    return copy if copy is not image else image.copy()


def _png(image: Image.Image) -> bytes | None:
    """Encode a drawing with at most 256 colours; None where even so it is too large."""
    out = BytesIO()
    bare = Image.new("RGB", image.size)
    bare.paste(image)
    bare.quantize(256, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue() if len(out.getvalue()) <= MOST_BYTES else None


def _jpeg(image: Image.Image) -> tuple[bytes, tuple[int, int]]:
    """Encode a photograph, first with less quality, then smaller, until it is small enough."""
    bare = Image.new("RGB", image.size)
    bare.paste(image)
    while True:
        for quality in _QUALITIES:
            out = BytesIO()
            bare.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
            if len(out.getvalue()) <= MOST_BYTES:
                return out.getvalue(), bare.size
        width, height = (max(1, round(side * 0.8)) for side in bare.size)
        bare = bare.resize((width, height), Image.Resampling.LANCZOS)
