"""Pictures on their way to items: which goes with which, what they are called, and that no edit is lost."""

import io
import zipfile
from email.message import EmailMessage

import pytest
from drop_folder import MEETING, DropFolder, labelled
from picture_files import drawing, photograph
from word_sample import docx, p, picture, zipped

from bulletin.images import look_at
from bulletin.model.contribution import CollectedFile, FileOutcome

NEXT = MEETING.replace(year=2027, month=2, day=11)


def word(*pictures: bytes, alt: str = "The mill") -> bytes:
    """Write a Word document with pictures in it."""
    shown = [picture(alt).replace("rId999", f"rId9{number}") for number, _ in enumerate(pictures)]
    whole = docx(p("Section: key-messages"), p("Library news, all of it, in some words."), p(*shown))
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    rows = [
        f'<Relationship Id="rId9{number}" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'relationships/image" Target="media/image{number}.png"/>'
        for number, _ in enumerate(pictures)
    ]
    links = "word/_rels/document.xml.rels"
    parts[links] = parts[links].replace(b"</Relationships>", "".join(rows).encode() + b"</Relationships>")
    return zipped({**parts, **{f"word/media/image{n}.png": data for n, data in enumerate(pictures)}})


def letter(*attached: bytes, inside: bytes = b"", subject: str = "Library news") -> bytes:
    """Write an e-mail with pictures attached, and one in its text."""
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "Jo <jo@kingsbrook.example>", subject
    mail.set_content(
        f'<p>Section: key-messages</p><p>Words of {subject}.</p><img src="cid:a@b" alt="The hall">', "html"
    )
    if inside:
        mail.add_related(inside, "image", "png", cid="<a@b>", filename="image001.png")
    for number, data in enumerate(attached, 1):
        mail.add_attachment(data, maintype="image", subtype="jpeg", filename=f"Fair {number}.jpg")
    return mail.as_bytes()


def only(folder: DropFolder) -> tuple[str, str]:
    """Give the picture and the alt text of the one item."""
    (item,) = folder.items().values()
    return item.image, item.alt


def asked(row: CollectedFile) -> str:
    assert row.outcome is FileOutcome.NEEDS_YOU
    return f"{row.why} {row.hint}"


@pytest.mark.parametrize(
    ("story", "shot"),
    [
        ("Library news.txt", "Library news.jpg"),
        ("Library news.txt", "library-news.PNG"),
        ("Library news FINAL v3 (2).txt", "library_news photo 1.JPG"),
        ("kingsbrook/Library news.md", "Library news.jpg"),
        ("kingsbrook/Some words.md", "kingsbrook/DSC_0042.JPG"),
    ],
)
def test_a_picture_finds_its_story_by_name_or_in_its_folder(
    folder: DropFolder, story: str, shot: str
) -> None:
    folder.drop("Other.txt", labelled("Other news", "Not about the library at all."))
    folder.drop(story, labelled())
    folder.drop(shot, photograph())
    row = folder.collect()[shot]
    assert (row.outcome, row.items) == (FileOutcome.READ, ("library-opens",))
    assert folder.items()["library-opens"].image == row.pictures[0]


def test_a_label_goes_before_a_name(folder: DropFolder) -> None:
    folder.drop("a.txt", labelled(image="Opening Day.jpg", alt="The mayor"))
    folder.drop("a.jpg", photograph(shade=1))
    folder.drop("pictures/opening day.jpeg", photograph(shade=2))
    rows = folder.collect()
    assert only(folder) == ("opening-day.jpg", "The mayor")
    assert rows["pictures/opening day.jpeg"].outcome is FileOutcome.READ
    assert "no item is known to go with it" in asked(rows["a.jpg"])


def test_a_picture_nobody_claims_asks_and_says_what_to_write(folder: DropFolder) -> None:
    for name in ("a", "b"):
        folder.drop(f"kingsbrook/{name}.txt", labelled(name.upper(), f"Words of {name}, quite different."))
    folder.drop("kingsbrook/DSC_1.jpg", photograph())
    assert "write `Image: dsc-1.jpg` and `Alt: " in asked(folder.collect()["kingsbrook/DSC_1.jpg"])
    folder.edit("a", "Section:", "Image: dsc-1.jpg\nSection:")
    row = folder.collect()["kingsbrook/DSC_1.jpg"]
    assert (row.outcome, row.items) == (FileOutcome.READ, ("a",))


def test_a_picture_in_a_word_file_goes_with_its_item(folder: DropFolder) -> None:
    folder.drop("Library news.docx", word(photograph()))
    row = folder.collect()["Library news.docx"]
    assert row.outcome is FileOutcome.READ
    assert only(folder) == ("library-news.jpg", "The mill")
    assert "its picture image0.png was kept as library-news.jpg" in row.notes


def test_of_several_the_first_is_printed_and_the_rest_are_kept(folder: DropFolder) -> None:
    folder.drop("Library news.docx", word(photograph(shade=1), photograph(shade=2)))
    row = folder.collect()["Library news.docx"]
    assert row.pictures == ("library-news.jpg", "library-news-2.jpg")
    assert only(folder)[0] == "library-news.jpg"
    assert any("write `Image: library-news-2.jpg`" in note for note in row.notes)


def test_a_small_picture_inside_a_file_is_a_logo(folder: DropFolder) -> None:
    folder.drop("Library news.docx", word(drawing(180, 60)))
    row = folder.collect()["Library news.docx"]
    assert row.notes == ("a picture in it was left out: it is small or a logo (180 by 60 pixels)",)
    assert only(folder) == ("", "")


def test_a_picture_that_stands_in_several_files_is_a_logo(folder: DropFolder) -> None:
    for name in ("a", "b"):
        folder.drop(f"{name}.eml", letter(inside=photograph(), subject=f"News from {name}"))
    row = folder.collect()["a.eml"]
    assert "its picture image001.png: it stands in 2 files, as a logo would, and was left out" in row.notes
    assert [item.image for item in folder.items().values()] == ["", ""]


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (letter(photograph()), ("fair-1.jpg", "")),
        (letter(inside=photograph()), ("library.jpg", "The hall")),
        (letter(photograph(shade=1), inside=photograph(shade=2)), ("library.jpg", "The hall")),
    ],
    ids=["attached", "inside", "both"],
)
def test_a_picture_in_an_e_mail_goes_with_its_item(
    folder: DropFolder, data: bytes, wanted: tuple[str, str]
) -> None:
    folder.drop("Library.eml", data)
    assert folder.collect()["Library.eml"].outcome is FileOutcome.READ
    assert only(folder) == wanted


@pytest.mark.parametrize(
    "alt",
    ["image1.png", "A picture containing grass Description automatically generated", "Picture 3", "IMG_2031"],
)
def test_what_a_machine_wrote_is_no_description(folder: DropFolder, alt: str) -> None:
    folder.drop("a.docx", word(photograph(), alt=alt))
    folder.collect()
    assert only(folder) == ("a.jpg", "")


def test_a_picture_the_text_shows_is_left_to_the_text(folder: DropFolder) -> None:
    folder.drop("a.md", labelled(text="Look:\n\n![The hall](The_Hall.jpg)"))
    folder.drop("The_Hall.jpg", photograph())
    assert folder.collect()["The_Hall.jpg"].outcome is FileOutcome.READ
    (item,) = folder.items().values()
    assert (item.image, "![The hall](the-hall.jpg)" in item.text) == ("", True)


def test_collecting_again_changes_nothing(folder: DropFolder) -> None:
    folder.drop("a.txt", labelled())
    folder.drop("a.jpg", photograph())
    folder.drop("b.docx", word(photograph(shade=3)))
    first, before = folder.collect(), folder.files()
    assert (folder.collect(), folder.files()) == (first, before)


def test_a_picture_for_an_edited_item_says_which_line_to_add(folder: DropFolder) -> None:
    folder.drop("a.txt", labelled())
    folder.collect()
    folder.edit("library-opens", "ten", "nine")
    folder.drop("a.jpg", photograph())
    row = folder.collect()["a.jpg"]
    assert "goes with library-opens, which has been edited since" in asked(row)
    assert row.hint.endswith("`Alt: what it shows` into issues/2026-11/items/library-opens.md")
    assert only(folder) == ("", "")


def test_a_line_the_officer_took_out_stays_out(folder: DropFolder) -> None:
    folder.drop("a.txt", labelled())
    folder.drop("a.jpg", photograph())
    folder.collect()
    folder.edit("library-opens", "Image: a.jpg\n", "")
    for _ in range(2):
        row = folder.collect()["a.jpg"]
        assert (row.outcome, only(folder)) == (FileOutcome.READ, ("", ""))


def test_a_changed_picture_keeps_its_name_and_one_the_officer_changed_stays(folder: DropFolder) -> None:
    folder.drop("a.txt", labelled())
    folder.drop("a.jpg", photograph(shade=1))
    folder.collect()
    folder.drop("a.jpg", photograph(shade=2))
    folder.collect()
    path = folder.root / "issues/2026-11/images/a.jpg"
    assert path.read_bytes() != photograph(shade=1)
    assert [one.name for one in path.parent.iterdir()] == ["a.jpg"]
    path.write_bytes(photograph(300, 300, shade=9))
    folder.drop("a.jpg", photograph(shade=3))
    folder.collect()
    assert path.read_bytes() == photograph(300, 300, shade=9)


def test_two_pictures_of_one_name_are_both_kept(folder: DropFolder) -> None:
    folder.drop("north/Story.txt", labelled("North", "Words about the north."))
    folder.drop("south/Story.txt", labelled("South", "Words about the south."))
    for shade, name in enumerate(("north", "south")):
        folder.drop(f"{name}/Photo.JPG", photograph(shade=shade))
    folder.collect()
    shown = [item.image for item in folder.items().values()]
    assert shown == ["photo.jpg", "photo-2.jpg"]


def test_a_moved_picture_is_known_by_its_bytes(folder: DropFolder) -> None:
    folder.drop("a.txt", labelled())
    path = folder.drop("a.jpg", photograph())
    folder.collect()
    path.rename(path.with_name("zebra.jpg"))
    row = folder.collect()["zebra.jpg"]
    assert row.pictures == ("a.jpg",)


@pytest.mark.parametrize(
    "label",
    ["../../etc/passwd", "/etc/passwd", "https://a.example/x.jpg", "data:image/png;base64,AA", "C:\\x.jpg"],
)
def test_a_path_in_a_label_is_kept_as_words_and_never_opened(folder: DropFolder, label: str) -> None:
    folder.drop("a.txt", labelled(image=label))
    folder.drop("a.jpg", photograph())
    folder.collect()
    assert only(folder) == (label, "")
    assert list(folder.issue().pictures) == ["a.jpg"]


def test_what_reaches_the_images_folder_can_always_travel(folder: DropFolder) -> None:
    folder.drop("Logo.png", drawing())
    folder.drop("Ünï cødé ☃.jpg", photograph(3000, 2000))
    folder.drop("☃.jpg", photograph(shade=7))
    folder.collect()
    pictures = folder.issue().pictures
    assert sorted(pictures) == ["picture-logo.png", "picture.jpg", "uni-cde.jpg"]
    assert {look_at(one.name, one.data).trouble for one in pictures.values()} == {""}


def test_a_link_in_the_images_folder_is_told_of_and_not_followed(folder: DropFolder) -> None:
    secret = folder.drop("../secret.jpg", photograph())
    images = folder.root / "issues/2026-11/images"
    images.mkdir()
    try:
        (images / "a.jpg").symlink_to(secret)
    except OSError:
        pytest.skip("this system has no links")
    found = folder.issue().pictures["a.jpg"]
    assert (found.data, found.trouble) == (b"", "it is a link or a device, not a file of its own")


def test_what_an_issue_showed_is_no_news_for_the_next(folder: DropFolder) -> None:
    folder.drop("a.txt", labelled())
    folder.drop("a.jpg", photograph())
    folder.drop("lonely.jpg", photograph(shade=5))
    folder.collect()
    folder.new("2027-02", NEXT)
    rows = folder.collect()
    assert (rows["a.jpg"].outcome, rows["a.jpg"].why) == (FileOutcome.IGNORED, "it went into issue 2026-11")
    assert rows["lonely.jpg"].outcome is FileOutcome.NEEDS_YOU


def test_an_item_carried_over_brings_its_picture(folder: DropFolder) -> None:
    folder.drop("a.txt", labelled())
    folder.drop("a.jpg", photograph())
    folder.collect()
    folder.edit("library-opens", "Format:", "Hold: waits\nFormat:")
    folder.new("2027-02", NEXT)
    assert only(folder)[0] == "a.jpg"
    assert folder.issue().pictures["a.jpg"].trouble == ""


def test_a_newer_and_an_older_record_of_collecting_are_read(folder: DropFolder) -> None:
    folder.drop("a.txt", labelled())
    folder.collect()
    path = folder.root / "issues/2026-11/collected.json"
    assert b"pictures" not in path.read_bytes()
    folder.drop("a.jpg", photograph())
    folder.collect()
    assert folder.workspace.collected("2026-11").pictures["a.jpg"].item == "library-opens"


def test_what_word_cut_off_a_picture_is_not_printed(folder: DropFolder) -> None:
    whole = word(photograph())
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    cut = parts["word/document.xml"].replace(b"<a:blip ", b'<a:srcRect l="25000"/><a:blip ')
    folder.drop("a.docx", zipped({**parts, "word/document.xml": cut}))
    assert '1 picture left out: "The mill"' in asked(folder.collect()["a.docx"])
    assert folder.issue().pictures == {}


def test_a_marking_in_a_picture_s_description_refuses_the_file(folder: DropFolder) -> None:
    folder.drop("a.docx", word(photograph(), alt="Map, OFFICIAL-SENSITIVE"))
    assert "marked OFFICIAL-SENSITIVE" in asked(folder.collect()["a.docx"])
    assert folder.files() == {name: data for name, data in folder.files().items() if name == "issue.toml"}


@pytest.mark.parametrize("name", ["A photo.jpg", "Z photo.jpg"])
def test_an_attachment_saved_beside_its_e_mail_is_taken_once(folder: DropFolder, name: str) -> None:
    folder.drop("Library.eml", letter(photograph()))
    folder.drop(name, photograph())
    row = folder.collect()[name]
    assert (row.outcome, row.why) == (
        FileOutcome.IGNORED,
        "it is the same picture as in contributions/Library.eml",
    )
    assert only(folder)[0] == "fair-1.jpg"
    assert list(folder.issue().pictures) == ["fair-1.jpg"]
