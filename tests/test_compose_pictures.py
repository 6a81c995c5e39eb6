"""Pictures and the logo as they are printed: in the page, the text part, the message and the archive."""

import re
from dataclasses import replace
from email import message_from_bytes, policy

import html5lib
import pytest
from archive_sample import site, templates
from picture_files import drawing, photograph
from small_issue import DAY, EVERYONE, PARTNERS, SETTINGS, TEMPLATES, issue, item

from bulletin.archive import Logo, Page
from bulletin.compose import compose, lay_out
from bulletin.compose.figures import logo_figure
from bulletin.images import look_at
from bulletin.mail.message import Letterhead, content
from bulletin.model.edition import Edition
from bulletin.model.issue import Issue, Item
from bulletin.model.partnership import Share
from bulletin.settings.values import EditionSettings, Settings

LETTERHEAD = Letterhead(
    "A", "a@avon.example", "", "a.avon.example", "a@avon.example", "a@avon.example", "avon.example", "2026-11"
)
LINKED = SETTINGS._replace(site=SETTINGS.site._replace(images=True))
HOSTILE = 'x" onerror="alert(1)><script>'


def pictured(*items: Item, **more: object) -> Issue:
    files = {
        "wide.jpg": photograph(1100, 550),
        "tall.png": drawing(400, 800),
        "small.jpg": photograph(200, 100),
    }
    whole = issue(*items, pictures={name: look_at(name, data) for name, data in files.items()})
    return replace(whole, **more)


def made(whole: Issue, rule: EditionSettings = EVERYONE, settings: Settings = SETTINGS) -> Edition:
    return compose(whole, rule, settings, DAY, TEMPLATES)


def shown(edition: Edition) -> list[str]:
    return re.findall(r"<img [^>]*>", edition.html)


def parts(edition: Edition) -> list[tuple[str, str]]:
    whole = content(edition, LETTERHEAD, calendar_attached=False)
    parsed = message_from_bytes(whole.headers + b"\r\n" + whole.body, policy=policy.default)
    return [(one.get_content_type(), one.get("Content-ID", "")) for one in parsed.walk()]


@pytest.mark.parametrize(
    ("name", "width", "height"),
    [("wide.jpg", 568, 284), ("tall.png", 213, 426), ("small.jpg", 200, 100), ("Wide.JPEG", 568, 284)],
)
def test_a_picture_keeps_its_shape_within_the_column(name: str, width: int, height: int) -> None:
    (tag,) = shown(made(pictured(item("a", image=name, alt="A mill"))))
    assert f'alt="A mill" width="{width}" height="{height}"' in tag
    assert "max-width:100%" in tag
    assert "display:block" in tag


def test_an_edition_carries_what_it_shows_and_nothing_else() -> None:
    whole = pictured(
        item("a", image="wide.jpg"),
        item("b", image="wide.jpg", text="See ![A tall one](tall.png) and ![no](https://x.example/y.png)"),
        item("c", image="small.jpg", hold="late"),
    )
    edition = made(whole)
    assert [image.name for image in edition.images] == ["wide.jpg", "tall.png"]
    assert [tag.partition('"')[2].partition('"')[0] for tag in shown(edition)] == ["cid:wide.jpg"] * 2 + [
        "cid:tall.png"
    ]
    assert made(whole) == edition


def test_an_item_without_a_picture_has_not_a_byte_of_one() -> None:
    assert shown(made(pictured(item("a"), item("b", image="none.jpg")))) == []
    assert len(made(pictured(item("a"))).html) == len(made(issue(item("a"))).html)


def test_the_text_part_says_what_a_picture_shows_where_the_page_has_it() -> None:
    text = made(pictured(item("a", image="wide.jpg", alt="A mill by the river", text="Words."))).text
    assert text.index("  Picture: A mill by the river") < text.index("Words.")
    assert "Picture:" not in made(pictured(item("a", image="wide.jpg"))).text
    assert "[Picture: A mill]" in made(pictured(item("a", text="![A mill](wide.jpg)"))).text


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "/wide.jpg", "cid:wide.jpg", "https://x.example/wide.jpg", "data:,x", HOSTILE],
)
def test_what_is_no_name_shows_nothing(name: str) -> None:
    edition = made(pictured(item("a", image=name, alt="x", text=f"![x](<{name}>)")))
    assert (shown(edition), edition.images) == ([], ())


def test_what_a_picture_is_said_to_show_can_do_no_harm() -> None:
    page = made(pictured(item("a", image="wide.jpg", alt=HOSTILE))).html
    (image,) = html5lib.parse(page, namespaceHTMLElements=False).iter("img")
    assert set(image.attrib) == {"src", "alt", "width", "height", "style"}
    assert image.get("alt") == HOSTILE


def test_a_picture_that_may_not_travel_is_left_out() -> None:
    huge = look_at("wide.jpg", photograph(2000, 100))
    edition = made(pictured(item("a", image="wide.jpg"), pictures={"wide.jpg": huge}))
    assert (shown(edition), edition.images) == ([], ())


def test_the_logo_stands_in_the_masthead_on_white() -> None:
    named = SETTINGS._replace(partnership=SETTINGS.partnership._replace(logo_alt="Avon: better together"))
    edition = made(pictured(item("a"), logo=look_at("logo.png", drawing(480, 240))), settings=named)
    (tag,) = shown(edition)
    assert 'src="cid:logo.png" alt="Avon: better together" width="160" height="80"' in tag
    assert "background-color:#fff" in tag
    assert "  Logo: Avon: better together" in edition.text
    assert [image.name for image in edition.images] == ["logo.png"]


def test_a_message_carries_its_pictures_with_the_page() -> None:
    edition = made(pictured(item("a", image="wide.jpg")))
    assert parts(edition) == [
        ("multipart/alternative", ""),
        ("text/plain", ""),
        ("multipart/related", ""),
        ("text/html", ""),
        ("image/jpeg", "<wide.jpg>"),
    ]


def test_linked_pictures_are_the_archives_and_do_not_travel() -> None:
    edition = made(pictured(item("a", image="wide.jpg", text="![T](tall.png)")), settings=LINKED)
    sources = [tag.partition('"')[2].partition('"')[0] for tag in shown(edition)]
    assert sources == [
        f"https://archive.avon.example/2026-11/images/{name}" for name in ("wide.jpg", "tall.png")
    ]
    assert [kind for kind, _ in parts(edition)] == ["multipart/alternative", "text/plain", "text/html"]
    assert "same address for every reader" in " ".join(edition.text.split())
    assert [image.name for image in edition.images] == ["wide.jpg", "tall.png"]


def test_a_picture_partners_alone_may_see_is_never_linked() -> None:
    whole = pictured(item("a", image="wide.jpg", share=Share.PARTNERS))
    (tag,) = shown(made(whole, PARTNERS, LINKED))
    assert "cid:wide.jpg" in tag
    assert made(whole, EVERYONE, LINKED).images == ()


def archived(whole: Issue) -> dict[str, bytes]:
    rule = EditionSettings("archive")
    edition = compose(whole, rule, SETTINGS, DAY, templates())
    pages = (Page(whole.id, edition, lay_out(whole, rule, SETTINGS, DAY)),)
    figure = logo_figure(whole.logo, SETTINGS)
    logo = Logo(figure, whole.logo.data) if whole.logo and figure else None
    return dict(site(pages, SETTINGS, templates(), logo))


def test_the_archive_keeps_pictures_beside_their_issue() -> None:
    whole = pictured(
        item("a", image="wide.jpg", alt="A mill", text="![T](tall.png)"),
        logo=look_at("logo.png", drawing(480, 240)),
    )
    files = archived(whole)
    page, own = (files[f"2026-11/{path}index.html"].decode() for path in ("", "items/a/"))
    assert files["2026-11/images/wide.jpg"] == photograph(1100, 550)
    assert re.findall(r'<img src="([^"]*)"', page) == ["../logo.png", "images/wide.jpg", "images/tall.png"]
    assert {name for name in files if name.endswith((".jpg", ".png"))} == {
        "logo.png", "2026-11/images/wide.jpg", "2026-11/images/tall.png",
    }  # fmt: skip
    assert '"../../images/wide.jpg"' in own
    assert "cid:" not in page + own + files["feed.xml"].decode()


def test_an_archive_without_pictures_has_none() -> None:
    assert not [name for name in archived(issue(item("a"))) if "image" in name]
