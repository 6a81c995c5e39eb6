"""What may travel in an e-mail as it lies, and which picture some words name."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from picture_files import drawing, photograph, saved
from PIL import Image, PngImagePlugin

from bulletin.collect.readers.picture import Picture as Prepared
from bulletin.collect.readers.picture import prepare
from bulletin.images import MOST_BYTES, find_picture, is_plain_name, look_at, name_key


def located(data: bytes) -> bytes:
    exif = Image.Exif()
    exif.get_ifd(0x8825)[2] = (51.0, 30.0, 0.0)
    return saved(Image.open(BytesIO(data)), "JPEG", exif=exif)


def commented() -> bytes:
    said = PngImagePlugin.PngInfo()
    said.add_text("Author", "Jo")
    return saved(Image.new("RGB", (60, 60)), "PNG", pnginfo=said)


@pytest.mark.parametrize(("data", "kind"), [(photograph(), "image/jpeg"), (drawing(), "image/png")])
def test_a_small_picture_with_nothing_else_in_it_may_travel(data: bytes, kind: str) -> None:
    found = look_at("a.bin", data)
    assert (found.media_type, found.width, found.height, found.trouble) == (kind, 400, 300, "")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (located(photograph()), "more than the picture"),
        (commented(), "more than the picture"),
        (saved(Image.new("CMYK", (60, 60))), "more than the picture"),
        (saved(Image.new("RGBA", (60, 60)), "PNG"), "transparent"),
        (photograph(1400, 200), "1,400 by 200 pixels"),
        (saved(Image.effect_noise((900, 700), 90).convert("RGB")), "KB"),
        (saved(Image.new("P", (60, 60)), "GIF"), "not a whole JPEG or PNG"),
        (photograph()[:-2], "not a whole"),
        (drawing()[:-4], "not a whole"),
        (drawing() + b"<script>", "not a whole"),
        (drawing(1, 1), "1 by 1 pixels"),
        (drawing(600, 3), "too few"),
        (b"<svg/>", "not a whole"),
        (b"", "nothing in it"),
    ],
)
def test_what_may_not_travel_as_it_lies_is_said(data: bytes, said: str) -> None:
    assert said in look_at("a.jpg", data).trouble


@pytest.mark.parametrize("name", ["a b.jpg", "é.jpg", ".jpg", "-a.jpg", "a\n.jpg", "a>b.jpg", ""])
def test_a_name_no_cid_address_can_hold_is_trouble(name: str) -> None:
    assert look_at(name, photograph()).trouble


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=80), st.integers(0, 2000), st.booleans())
def test_whatever_the_bytes_there_is_an_answer(noise: bytes, at: int, png: bool) -> None:
    whole = drawing(60, 60) if png else photograph(60, 60)
    look_at("a.jpg", whole[:at] + noise + whole[at + len(noise) :])
    look_at("a.jpg", whole[: at % 12] + noise)


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(("1", "L", "LA", "P", "RGB", "RGBA")),
    st.sampled_from(("PNG", "GIF")),
    st.integers(40, 1500),
    st.integers(40, 300),
)
def test_what_is_prepared_may_always_travel(mode: str, kind: str, width: int, height: int) -> None:
    made = prepare(saved(Image.new(mode, (width, height)), kind))
    assert isinstance(made, Prepared)
    found = look_at("a.jpg", made.data)
    assert (found.trouble, found.media_type) == ("", made.media_type)
    assert (found.width, found.height) == (made.width, made.height)
    assert len(made.data) <= MOST_BYTES


@pytest.mark.parametrize(
    "words",
    ["../../etc/passwd", "/a.jpg", "C:\\a.jpg", "a\\b.jpg", "https://a.example/a.jpg", "data:x", "..", " "],
)
def test_a_path_or_an_address_is_no_name(words: str) -> None:
    assert not is_plain_name(words)
    assert not find_picture(words, ("a.jpg", "passwd.jpg", "etc-passwd.jpg", "x.jpg"))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("library-news.jpg", "library-news.jpg"),
        ("Library News.JPEG", "library-news.jpg"),
        ("library%20news", "library-news.jpg"),
        ("Café (2).png", "cafe-2.png"),
        ("fair.jpg", "fair.jpg"),
        ("fair", ""),
        ("none.jpg", ""),
        ("", ""),
    ],
)
def test_a_picture_is_found_by_its_name_as_people_write_it(words: str, found: str) -> None:
    assert find_picture(words, ("library-news.jpg", "cafe-2.png", "fair.jpg", "fair.png")) == found


def test_a_name_is_folded_without_its_ending() -> None:
    assert name_key(" Siân's “Great” photo_1.JPG ") == "sians-great-photo-1"
