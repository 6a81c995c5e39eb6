"""The desk's own page, rendered from a view."""

import hashlib
import json
from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from bulletin.dates import house_date
from bulletin.desk.groups import also, grouped, notes_by_anchor, verdict
from bulletin.desk.view import Fault, Proof, View
from bulletin.desk.watch import Shown

SAVED = {
    "bulletin.docx": "Word document",
    "bulletin.eml": "E-mail to edit and send",
    "parts.zip": "Parts to paste (ZIP)",
    "bulletin.txt": "Plain text",
}
"""What the files of a pack are called where they can be saved."""


def page(shown: Shown, opened: Proof | Fault | None, pack: str = "") -> str:
    """Render the page with one proof open; a view with a fault is a page that says what to mend.

    opened: an edition or a pack, or why the pack is none; pack: its name where it is one.
    """
    view = shown.view
    proof = opened if isinstance(opened, Proof) else None
    waived = [finding for finding in view.findings if finding.waived]
    held = [finding for finding in view.findings if finding.path in view.held and not finding.waived]
    return _template().render(
        view=view,
        version=shown.version,
        proof=proof,
        pack=pack,
        packless=opened if isinstance(opened, Fault) else None,
        saved=SAVED,
        digest=_digest(view, proof) if proof else "",
        verdict=verdict(view),
        also=also(view),
        groups=grouped(view.pressing, view.titles),
        held=grouped(held, view.titles),
        waived=grouped(waived, view.titles),
        day=house_date(view.day) if view.day else "",
    )


def asset(name: str) -> bytes:
    """Read one of the page's own files."""
    return files("bulletin.desk").joinpath(name).read_bytes()


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"coded": _coded, "sentence": _sentence}
    return environment.from_string(asset("page.html").decode())


def _sentence(words: str) -> str:
    return words if words.endswith((".", "?", "!", ":")) else f"{words}."


def _coded(words: str) -> Markup:
    """Escape a sentence and show what stands between backticks, or a bare command, as code."""
    if words.startswith("bulletin ") and "`" not in words:
        words = f"`{words}`"
    parts = [Markup.escape(part) for part in words.split("`")]
    if len(parts) % 2 == 0:
        return Markup("`").join(parts)
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if place % 2 else part for place, part in enumerate(parts)
    )


def _digest(view: View, proof: Proof) -> str:
    edition, notes = proof.edition, json.dumps(notes_by_anchor(view, proof))
    parts = [edition.html.encode(), notes.encode(), *(image.data for image in edition.images)]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]
