"""The pages of the leave page: plain HTML that fetches nothing and runs nothing (WCAG 2.2 AA)."""

from base64 import b64encode
from hashlib import sha256
from html import escape

_STYLE = """
:root { color-scheme: light dark; }
body { font: 1.125rem/1.5 system-ui, sans-serif; max-width: 36rem; margin: 0 auto; padding: 2rem 1rem; }
h1 { font-size: 1.75rem; line-height: 1.2; }
label { display: block; font-weight: bold; }
input { font: inherit; box-sizing: border-box; width: 100%; padding: .5rem; margin: .5rem 0 1rem; }
input { border: 2px solid currentColor; border-radius: 0; }
button { font: inherit; font-weight: bold; min-height: 2.75rem; padding: .5rem 1.25rem; border: 0; }
button { background: #1d5c4f; color: #fff; cursor: pointer; }
:focus-visible { outline: 3px solid CanvasText; outline-offset: 3px; }
.wrong { border-left: .375rem solid #b3261e; padding-left: 1rem; font-weight: bold; }
"""
_HASH = b64encode(sha256(_STYLE.encode()).digest()).decode()
POLICY = (
    f"default-src 'none'; style-src 'sha256-{_HASH}'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_ALL = "This takes the address off all its mailing lists."
ONE_CLICK = '<input type="hidden" name="List-Unsubscribe" value="One-Click">'


def confirm_page(name: str, contact: str) -> str:
    """Ask whoever followed the link in a copy's header; nothing has happened yet."""
    asked = f"<p>Do you want no more copies of {_name(name)}? Nothing has been changed yet. {_ALL}</p>"
    form = f'<form method="post">{ONE_CLICK}<button>Take my address off</button></form>'
    return _page("Leave the mailing list", asked + form + _passed_on() + _whom(contact))


def address_page(name: str, contact: str, *, typed: str = "", wrong: str = "") -> str:
    """Ask for an address, of whoever was not given a link of their own."""
    error = f'<p class="wrong" id="wrong" role="alert">{escape(wrong)}</p>' if wrong else ""
    linked = ' aria-invalid="true" aria-describedby="wrong"' if wrong else ""
    field = (
        '<label for="address">Your e-mail address</label>'
        f'<input id="address" name="address" type="email" autocomplete="email" maxlength="254" required'
        f' value="{escape(typed)}"{linked}>'
    )
    form = f'<form method="post" novalidate>{error}{field}<button>Take this address off</button></form>'
    title = f"{'Error: ' if wrong else ''}Leave the mailing list"
    words = f"<p>Type the address at which you get {_name(name)}. {_ALL}</p>"
    return _page(title, words + form + _passed_on() + _whom(contact))


def done_page(name: str, contact: str) -> str:
    """Thank whoever asked; the same words whether we know them or not."""
    words = (
        f"<p>If the address is on a mailing list of {_name(name)}, nothing more is sent to it from the next "
        "issue on. You need do nothing more.</p>"
    )
    return _page("Thank you: your request was noted", words + _whom(contact))


def failed_page(title: str, words: str, contact: str) -> str:
    """Say what could not be done."""
    return _page(title, f"<p>{escape(words)}</p>" + _whom(contact))


def _page(title: str, body: str) -> str:
    return (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{escape(title.removeprefix('Error: '))}</h1>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _name(name: str) -> str:
    return escape(name) or "this bulletin"


def _passed_on() -> str:
    return (
        "<p>If somebody passed a copy on to you, you are not on the list and need do nothing: "
        "this would take off the person it was sent to.</p>"
    )


def _whom(contact: str) -> str:
    return f"<p>Questions: {escape(contact)}</p>" if contact else ""
