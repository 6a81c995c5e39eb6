import zlib
from io import BytesIO
from struct import pack

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bulletin.collect.readers.picture import MOST_BYTES, WIDEST, Picture, prepare, read_picture
from bulletin.collect.reading import Reading
from bulletin.model.contribution import FileOutcome


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def photograph(width: int = 400, height: int = 300) -> Image.Image:
    return Image.effect_noise((width, height), 60).convert("RGB")


def made(data: bytes) -> Picture:
    picture = prepare(data)
    assert isinstance(picture, Picture)
    return picture


def test_a_picture_asks_what_it_shows() -> None:
    reading = read_picture("x.jpg", saved(photograph(), "JPEG"))
    assert reading.outcome is FileOutcome.NEEDS_YOU
    assert reading.why.startswith("it is a picture: say what it shows")
    assert reading.notes[0].startswith("as it would be printed it is 400 by 300 pixels, ")


def test_where_it_was_taken_is_not_kept_and_said() -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8825)[2] = (51.0, 30.0, 0.0)
    exif[0x010F] = "Camera of Jo"
    data = saved(photograph(), "JPEG", exif=exif, comment=b"from Jo")
    picture = made(data)
    assert picture.notes == ("where it was taken was recorded in it, and was not kept",)
    assert b"from Jo" in data
    assert b"Jo" not in picture.data.replace(b"\xff", b"")[:200]
    assert not Image.open(BytesIO(picture.data)).getexif()


def test_a_photograph_taken_sideways_is_turned() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    picture = made(saved(photograph(400, 300), "JPEG", exif=exif))
    assert (picture.width, picture.height) == (300, 400)


def test_a_large_photograph_is_made_small() -> None:
    picture = made(saved(photograph(2400, 1800), "JPEG"))
    assert picture.media_type == "image/jpeg"
    assert max(picture.width, picture.height) <= WIDEST
    assert len(picture.data) <= MOST_BYTES
    assert "scaled down from 2400 by 1800 pixels" in picture.notes


def test_a_flat_drawing_stays_a_sharp_png() -> None:
    picture = made(saved(Image.new("RGB", (300, 200), "navy"), "PNG"))
    assert picture.media_type == "image/png"
    assert Image.open(BytesIO(picture.data)).convert("RGB").getpixel((5, 5)) == (0, 0, 128)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"])
def test_every_kind_of_pixel_is_taken(mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    picture = made(saved(Image.new(mode, (60, 50)), kind))
    assert (picture.width, picture.height) == (60, 50)


def test_what_is_transparent_becomes_white() -> None:
    picture = made(saved(Image.new("RGBA", (60, 60), (0, 0, 0, 0)), "PNG"))
    assert Image.open(BytesIO(picture.data)).convert("RGB").getpixel((5, 5)) == (255, 255, 255)


def test_of_a_moving_picture_the_first_is_kept() -> None:
    frames = [Image.new("RGB", (60, 60), colour) for colour in ("red", "blue")]
    picture = made(saved(frames[0], "GIF", save_all=True, append_images=frames[1:]))
    assert picture.notes == ("it moves: only the first of its pictures was kept",)
    assert Image.open(BytesIO(picture.data)).convert("RGB").getpixel((5, 5)) == (255, 0, 0)


def test_a_wrong_ending_is_said() -> None:
    reading = read_picture("x.jpg", saved(photograph(), "PNG"))
    assert "it is a PNG picture, whatever its ending says" in reading.notes


def test_more_than_forty_million_pixels_are_refused_undecoded() -> None:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return pack(">I", len(body)) + kind + body + pack(">I", zlib.crc32(kind + body))

    head = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", pack(">IIBBBBB", 9000, 9000, 8, 2, 0, 0, 0))
    for data in (
        head + chunk(b"IDAT", b"") + chunk(b"IEND", b""),
        head.replace(b"\0\0\x23\x28", b"\0\xff\xff\xff"),
    ):
        reading = prepare(data)
        assert isinstance(reading, Reading)
        assert reading.outcome is FileOutcome.NOT_READ


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\0\0\0\x18ftypheic" + b"\0" * 20, "iPhone"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "WebP"),
        (b"II*\0" + b"\0" * 20, "TIFF"),
        (b"<?xml version='1.0'?><svg xmlns='x'/>", "SVG"),
        (b"BM" + b"\0" * 20, "BMP"),
        (b"hello", "no picture"),
        (b"", "no picture"),
        (b"\xff\xd8\xff", "damaged"),
        (saved(Image.new("P", (1, 1)), "GIF"), "too small"),
    ],
)
def test_what_cannot_be_printed_is_named(data: bytes, said: str) -> None:
    reading = read_picture("x.jpg", data)
    assert reading.outcome is FileOutcome.NOT_READ
    assert said in reading.why
    assert reading.hint


def test_a_picture_cut_short_is_damaged() -> None:
    assert "damaged" in read_picture("x.jpg", saved(photograph(), "JPEG")[:3000]).why


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(("JPEG", "PNG", "GIF")), st.binary(max_size=20), st.integers(0, 2000))
def test_whatever_the_bytes_it_gives_a_reading(kind: str, noise: bytes, at: int) -> None:
    whole = saved(Image.linear_gradient("L").resize((60, 60)), kind)
    assert isinstance(read_picture("x", whole[:at] + noise + whole[at + len(noise) :]), Reading)
