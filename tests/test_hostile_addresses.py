"""A bulletin links to web pages, e-mail addresses and telephone numbers, and to nothing that does more."""

import html
import re

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.markdown import clean, links, plain, public_url, shown_url, to_html, to_inline_html, to_text

SCHEMES = [
    "javascript:",
    "JaVa\tScRiPt:",
    "java\nscript:",
    "data:text/html,",
    "vbscript:",
    "file:///",
    "ftp://",
]
PARTS = [
    *SCHEMES, "https://", "HTTP://", "//", "\\\\", "/", "\\", "@", ":", "?", "#", "%", "%0d%0a", "%2f",
    "&", "&amp;", "&#106;", "&Tab;", "&colon;", "mailto:", "tel:", "bcc=", "?subject=", "body=",
    "a.example", "evil.test", "[::1]", "é", "\u0430pple.test", "\u202e", "\u200b", "\0", "\x1b", "\u2028",
    " ", '"', "'", "<", ">", "`", "(", ")", "[", "]",
]  # fmt: skip
ADDRESSES = st.lists(st.sampled_from(PARTS), max_size=8).map("".join)


@pytest.mark.parametrize(
    "address",
    [
        *(f"{scheme}alert(1)" for scheme in SCHEMES),
        "//evil.test/x",
        "https:/\\evil.test",
        "https:\\\\evil.test",
        "https://",
        "https://:80/",
        "https://user@",
        "https://%65vil.test/",
        'https://a.example"onclick=x/',
        "https://a.example\\@evil.test\\b/",
        "mailto:",
        "mailto:?bcc=somebody@evil.test",
        "mailto:a%0d%0aBcc:somebody@evil.test",
        "mailto:a b@c.example",
        "tel:",
        "tel:*%2306%23",
        "tel:*21*01632960000#",
        "tel:01632960000;phone-context=evil.test",
        "sms:01632960000",
        "blob:https://a.example/x",
    ],
)
def test_what_no_bulletin_links_to(address: str) -> None:
    assert public_url(address) == ""
    assert "href" not in to_html(f"[x](<{address}>)", heading=3)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("https://user:secret@a.example/x", "https://a.example/x"),
        ("https://evil.test\\@good.example/", "https://good.example/"),
        ("HTTPS://A.example", "https://A.example"),
        ("https://\u0430pple.test/", "https://xn--pple-43d.test/"),
        ("https://a.example:/x", "https://a.example/x"),
        ('https://a.example/"><script>', "https://a.example/%22%3E%3Cscript%3E"),
        ("https://a.example/\u202egpj", "https://a.example/%E2%80%AEgpj"),
        ("MAILTO:a@b.example", "mailto:a@b.example"),
        ("mailto:a@b.example,c@d.example", "mailto:a@b.example,c@d.example"),
        ("mailto:a@b.example?subject=Hi&bcc=e@f.test&body=x%0a", "mailto:a@b.example?subject=Hi&body=x%0a"),
        ("mailto:a@b.example?CC=e@evil.test", "mailto:a@b.example"),
        ("mailto:a@b.example?%62cc=e@evil.test", "mailto:a@b.example"),
        ("mailto:a@b.example?subject=x%0d%0aBcc:%20e@evil.test", "mailto:a@b.example"),
        ("mailto:a@b.example?attach=/etc/passwd", "mailto:a@b.example"),
        ("tel:+44 (0)1632 960000;ext=12", "tel:+44%20(0)1632%20960000;ext=12"),
    ],
)  # fmt: skip
def test_what_is_left_of_an_address(address: str, public: str) -> None:
    assert public_url(address) == public


@given(ADDRESSES)
def test_an_address_comes_out_harmless_or_not_at_all(address: str) -> None:
    public = public_url(address)
    assert re.fullmatch(r"(?:https?://[a-zA-Z0-9._\[\]:-]+(?:[/?#].*)?|mailto:.+|tel:.+)?", public), public
    assert public.isascii()
    assert not re.search(r"[\x00-\x20\x7f\"<>\\`]", public)
    assert public_url(public) == public


@given(ADDRESSES)
def test_no_markdown_leads_anywhere_else(address: str) -> None:
    source = f"{address} <{address}> [a]({address}) [a](<{address}>) ![b]({address}) [{address}](https://a.example)"
    for page in (to_html(source, heading=3), to_inline_html(source)):
        found = html5lib.parseFragment(page, namespaceHTMLElements=False)
        for element in found.iter():
            assert set(element.attrib) <= {"href"}
            assert public_url(element.get("href", "tel:0163")) == element.get("href", "tel:0163")
    assert not any(re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", link.url) for link in to_text(source).links)


@given(ADDRESSES)
def test_links_tell_of_what_a_reader_would_be_led_to(address: str) -> None:
    source = f"[a](<{address}>)"
    shown = {html.unescape(url) for url in re.findall(r'href="([^"]*)"', to_html(source, heading=3))}
    assert shown <= {public_url(link.url) for link in links(source)}


@pytest.mark.parametrize("words", ["&#x202e;", "&#8238;", "&rlm;", "&shy;", "&ZeroWidthSpace;", "&#xE0041;"])
def test_an_entity_brings_back_nothing_unseen(words: str) -> None:
    source = (
        f"a{words}b\n\n# c{words}d\n\n[e{words}f](https://a.example) ![g{words}h](x)\n\n|i{words}j|\n|-|\n|k|"
    )
    shown = plain(source) + to_html(source, heading=3) + "".join(to_text(source).lines)
    assert clean(shown) == shown
    assert "ab" in shown


def test_an_entity_breaks_no_line() -> None:
    assert plain("a&NewLine;b&Tab;c") == "a b c"
    assert to_text("a&NewLine;b").lines == ("a b",)


def test_marks_cannot_be_heaped_nor_words_hidden_in_flags() -> None:
    assert clean("e" + "\u0301" * 500 + "f") == "e" + "\u0301" * 6 + "f"
    assert clean("a\U000e0068\U000e0069b") == "ab"
    wales = "\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f"
    assert clean(f"Hwyl {wales} fawr") == f"Hwyl {wales} fawr"


@pytest.mark.parametrize(
    ("source", "url"),
    [
        ("[see https://a.example/x](https://b.example/y)", "https://b.example/y"),
        ("[see https://a.example/x(1)](https://b.example/y)", "https://b.example/y"),
        ("[[https://a.example] x](https://b.example/)", "https://b.example/"),
    ],
)
def test_an_address_among_the_words_of_a_link_does_not_end_it(source: str, url: str) -> None:
    assert [link.url for link in links(source)] == [url]


def test_a_link_without_words_of_its_own_shows_where_it_leads() -> None:
    assert shown_url(public_url("mailto:a@b.example?bcc=e@evil.test")) == "a@b.example"
    assert ">evil.test/x</a>" in to_html("[https://bank.example](https://evil.test/x)", heading=3)
