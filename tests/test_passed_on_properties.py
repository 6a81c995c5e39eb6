"""Every file of a pack and of the archive, whatever items say: addresses whole, nothing private or live."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

import html5lib
import pytest
from archive_sample import site, templates
from hypothesis import example, given, settings
from hypothesis import strategies as st
from small_issue import DAY, EVERYONE, SETTINGS, issue, item, on
from test_pack_parts import packed
from test_page_properties import FORMS, KEPT, PROSE, URLS

from bulletin.archive import Page
from bulletin.compose import compose, lay_out
from bulletin.markdown import public_url
from bulletin.model.issue import Item
from bulletin.model.partnership import Share
from bulletin.pack import contents
from bulletin.tokens import is_mark

TEMPLATES = templates()


def archived(*items: Item) -> dict[str, bytes]:
    """Make the site of one issue."""
    whole = issue(*items)
    page = Page(
        whole.id, compose(whole, EVERYONE, SETTINGS, DAY, TEMPLATES), lay_out(whole, EVERYONE, SETTINGS, DAY)
    )
    return dict(site((page,), SETTINGS, TEMPLATES))


MADE = pytest.mark.parametrize("made", [packed, archived], ids=["pack", "archive"])


def said(files: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Give what every file says by its place: members of zips, parts of messages, the search too."""
    for one in contents(files):
        yield one.place, one.words
    for name, data in files.items():
        if name.endswith((".js", ".xml", ".svg")) and not name.endswith("minisearch.js"):
            yield name, data.decode()


def pages(files: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Give everything that a browser shows: pages, fragments, messages, and what is in the feed."""
    yield from ((name, words) for name, words in said(files) if name.endswith(("html", "text/html")))
    if "feed.xml" in files:
        feed = html5lib.parseFragment(files["feed.xml"].decode(), namespaceHTMLElements=False)
        yield from (("feed.xml", "".join(one.itertext())) for one in feed.iter("content"))


@MADE
@settings(max_examples=12, deadline=None)
@given(url=URLS, words=PROSE)
@example(url="https://a.example/__a__/_b_(c)*d*?a=1&amp=2&copy=3#__x", words="")
def test_every_address_is_whole(made, url: str, words: str) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    whole = public_url(url)
    files = made(item("a", text=f"Begin.\n\nRead [this]({whole}) now.\n\n{words}"), item("b", link=whole))
    found = {
        one.get("href")
        for _, page in pages(files)
        for one in html5lib.parse(page, namespaceHTMLElements=False).iter("a")
    }
    texts = [words for name, words in said(files) if name.endswith(("bulletin.txt", "text/plain", "/b.txt"))]
    assert whole in found
    assert texts
    assert all(whole.removeprefix("mailto:").partition("?")[0] in text for text in texts)
    assert all(whole in text for text in texts if not whole.startswith("mailto:"))


@MADE
@settings(max_examples=10, deadline=None)
@given(share=st.sampled_from([Share.PARTNERS, Share.NO]), words=PROSE, url=URLS)
def test_nothing_for_partners_alone_is_in_it(made, share: Share, words: str, url: str) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    told = f"{KEPT} {words}"
    private = item(
        KEPT, "events", title=told, text=f"{told} [x]({url}/{KEPT})", summary=told, contact=told, share=share,
        where=told, link=f"https://{KEPT}.example/", when=on(date(2026, 12, 1)), closes=on(date(2026, 12, 2)),
    )  # fmt: skip
    files = made(private, item("open", text=words))
    assert not [name for name in files if KEPT in name]
    assert not [place for place, text in said(files) if KEPT in text or KEPT in place]


@MADE
@settings(max_examples=10, deadline=None)
@given(form=FORMS, words=PROSE)
def test_no_markup_of_a_contribution_is_alive(made, form: str, words: str) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    told = " ".join(form.split())
    files = made(
        item("a", title=told, text=f"{words}\n\n{form}", summary=form, contact=told, where=told),
        item("b", "events", title=told, text=f"| {told} |\n|---|\n| {told} |", when=on(date(2026, 12, 1))),
    )
    shown = list(pages(files))
    assert any("live" in page for _, page in shown)
    for place, page in shown:
        tree = html5lib.parse(page, namespaceHTMLElements=False)
        assert not list(tree.iter("marquee")), place
        assert not [one for one in tree.iter() if "onstart" in one.attrib], place


@MADE
@settings(max_examples=8, deadline=None)
@given(words=PROSE, url=URLS)
def test_nobodys_mark_and_no_way_off_a_list_is_in_it(made, words: str, url: str) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    for place, text in said(made(item("a", text=words, link=url))):
        assert not [word for word in re.split(r"[^a-z2-7]+", text) if is_mark(word)], place
        assert "unsubscribe" not in text.lower(), place
