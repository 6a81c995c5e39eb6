"""Whatever the items say: addresses whole in both parts, nothing private, nothing live, nobody's mark."""

import re
from datetime import date

import html5lib
from hypothesis import example, given, settings
from hypothesis import strategies as st
from small_issue import DAY, EVERYONE, PARTNERS, SETTINGS, TEMPLATES, issue, item, on

from bulletin.compose import compose
from bulletin.markdown import public_url
from bulletin.model.edition import Edition
from bulletin.model.issue import Item
from bulletin.model.partnership import Share
from bulletin.tokens import is_mark

CHARACTERS = "abcXYZ0189-_.~!$&'*+,;=:@/%?#()[]|^`{}\\\"<> éא漢"
PATHS = st.text(CHARACTERS, max_size=60) | st.text("ab_-/&=", min_size=200, max_size=300)
WEB = st.builds(
    "https://{}.example/{}".format, st.from_regex(r"[a-z][a-z0-9-]{0,20}[a-z]", fullmatch=True), PATHS
)
MAIL = st.builds(
    "mailto:{}@council.example{}".format,
    st.from_regex(r"[a-z][a-z.+_-]{0,30}[a-z]", fullmatch=True),
    st.sampled_from(["", "?subject=A%20word", "?subject=x&bcc=y@z.example"]),
)
URLS = (WEB | MAIL).filter(public_url)
PROSE = st.text("abc xyz *_`[]()#>-|\n!&;0.", max_size=80)
LIVE = '<marquee onstart="x">live</marquee>'
FORMS = st.sampled_from(
    [LIVE, LIVE.replace("<", "&lt;"), f"```\n{LIVE}\n```", f"`{LIVE}`", f"> {LIVE}", f"# {LIVE}"]
)
KEPT = "quokka"


def edition(*items: Item, partners: bool = False) -> Edition:
    return compose(issue(*items), PARTNERS if partners else EVERYONE, SETTINGS, DAY, TEMPLATES)


def hrefs(page: str) -> set[str]:
    return {a.get("href", "") for a in html5lib.parse(page, namespaceHTMLElements=False).iter("a")} - {""}


def leads_nowhere(url: str, found: Edition) -> bool:
    """Whether an address is not whole in a part: in a link of the page, alone on a line of the text."""
    lines = [line.strip() for line in found.text.split("\n")]
    if url.startswith("mailto:"):
        return url not in hrefs(found.html) or url[7:].partition("?")[0] not in found.text
    return url not in hrefs(found.html) or url not in lines


@settings(max_examples=30)
@given(URLS, URLS, PROSE)
@example("https://a.example/__a__/_b_(c)*d*", "https://b.example/?a=1&amp=2&copy=3#__x", "")
def test_every_address_is_whole_in_both_parts(one: str, other: str, words: str) -> None:
    inside = public_url(other)
    text = f"Begin.\n\nRead [this]({inside}) now, or <{inside}>.\n\n{words}\n\n- at [it](<{inside}>)"
    found = edition(
        item("a", link=one, text=text),
        item(
            "b",
            "events",
            summary=f"A [link]({inside})",
            when=on(date(2026, 12, 1)),
            where=f"Online: {inside}",
        ),
    )
    wanted = {public_url(one)} if not public_url(one).startswith("mailto:") else set()
    assert not [url for url in wanted | {inside} if leads_nowhere(url, found)]


@settings(max_examples=20)
@given(URLS, PROSE)
def test_the_two_parts_lead_to_the_same_places(url: str, words: str) -> None:
    found = edition(item("a", text=f"{words} {url} {words}", contact=f"Ask {url}", link=url))
    in_text = {line.strip() for line in found.text.split("\n")}
    assert {link for link in hrefs(found.html) if link.startswith("http")} <= in_text


@settings(max_examples=20)
@given(st.sampled_from([Share.PARTNERS, Share.NO]), PROSE, URLS)
def test_nothing_for_partners_alone_is_in_a_public_part(share: Share, words: str, url: str) -> None:
    said = f"{KEPT} {words}"
    private = item(
        KEPT, "events", title=said, text=f"{said} [x]({url}/{KEPT})", summary=said, contact=said, share=share,
        where=said, link=f"https://{KEPT}.example/", when=on(date(2026, 12, 1)), closes=on(date(2026, 12, 2)),
    )  # fmt: skip
    found = edition(private, item("open", text=words))
    whole = "\n".join([found.subject, found.html, found.text, *map(str, found.calendar), *found.items])
    assert KEPT not in whole
    assert KEPT in edition(private, partners=True).html


@settings(max_examples=20)
@given(FORMS, PROSE)
def test_no_markup_of_a_contribution_is_alive(form: str, words: str) -> None:
    said = " ".join(form.split())
    found = edition(
        item(
            "a",
            title=said,
            text=f"{words}\n\n{form}",
            summary=form,
            contact=said,
            where=said,
            organisation=said,
        ),
        item(
            "b",
            "events",
            title=words or "b",
            text=f"| {said} |\n|---|\n| {said} |",
            when=on(date(2026, 12, 1)),
        ),
    )
    tree = html5lib.parse(found.html, namespaceHTMLElements=False)
    assert not list(tree.iter("marquee"))
    assert not [one for one in tree.iter() if "onstart" in one.attrib]
    assert "live" in found.text


@settings(max_examples=10)
@given(PROSE, URLS)
def test_nobodys_mark_is_in_an_edition(words: str, url: str) -> None:
    found = edition(item("a", text=words, link=url))
    assert not [word for word in re.split(r"[^a-z2-7]+", found.html + found.text) if is_mark(word)]
