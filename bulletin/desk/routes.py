"""Which address shows what: a path and a view in, a response out."""

from dataclasses import dataclass
from urllib.parse import parse_qs, quote

from bulletin.desk.groups import notes_by_anchor
from bulletin.desk.page import asset, page
from bulletin.desk.proof import Medium, shown
from bulletin.desk.view import Proof, View
from bulletin.desk.watch import Shown
from bulletin.model.edition import Edition

# The page runs its own script and nothing else; it frames its own proofs and is framed by nobody.
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
# A proof shows what partners wrote: no script, no form, no window, no origin, nothing fetched from elsewhere.
PROOF_POLICY = (
    "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'; sandbox"
)
# What a mail program shows that keeps pictures from its reader: the same bytes, and the descriptions alone.
PICTURELESS_POLICY = PROOF_POLICY.replace("img-src 'self' data:; ", "")
SHUT_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"

ASSETS = {
    "desk.css": "text/css; charset=utf-8",
    "desk.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}
KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "eml": "message/rfc822",
    "zip": "application/zip",
    "txt": "text/plain; charset=utf-8",
}
"""What a pack's files are, by their ending."""

# SVG is left out: it is a document, not a picture.
PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")


@dataclass(frozen=True, slots=True)
class Response:
    """What one request is answered with."""

    status: int
    media_type: str
    body: bytes
    policy: str = SHUT_POLICY
    disposition: str = ""


def plain(status: int, words: str) -> Response:
    """Answer with one line of text."""
    return Response(status, "text/plain; charset=utf-8", f"{words}\n".encode())


NOT_HERE = plain(404, "There is nothing at this address. Open the one that `bulletin preview` gave you.")


def respond(path: tuple[str, ...], query: str, now: Shown) -> Response:
    """Answer a request for a path below the desk's own address, its parts already decoded."""
    match path:
        case ("",):
            return _page(query, now)
        case (name,) if name in ASSETS:
            return Response(200, ASSETS[name], asset(name))
        case ("edition", name, *rest) if proof := now.view.proof(name):
            return _of_proof(now.view, proof, tuple(rest), query)
        case ("pack", name, *rest):
            pack = now.view.pack(name)
            return _of_proof(now.view, pack, tuple(rest), query) if isinstance(pack, Proof) else NOT_HERE
        case _:
            return NOT_HERE


def _page(query: str, now: Shown) -> Response:
    asked = parse_qs(query)
    view = now.view
    packs = [name for name in asked.get("pack", []) if name in view.packs]
    if packs:
        body = page(now, view.pack(packs[0]), pack=packs[0])
    else:
        chosen = [proof for name in asked.get("edition", []) if (proof := view.proof(name))]
        body = page(now, next(iter([*chosen, *view.proofs]), None))
    return Response(200, "text/html; charset=utf-8", body.encode(), PAGE_POLICY)


def _of_proof(view: View, proof: Proof, path: tuple[str, ...], query: str) -> Response:
    edition, asked = proof.edition, parse_qs(query)
    match path:
        case (("light" | "dark" | "print") as medium,):
            notes = notes_by_anchor(view, proof) if "in" in asked.get("findings", []) else {}
            body = shown(edition, Medium(medium), notes).encode()
            policy = PICTURELESS_POLICY if "off" in asked.get("pictures", []) else PROOF_POLICY
            return Response(200, "text/html; charset=utf-8", body, policy)
        case ("bulletin.txt",):
            return Response(200, "text/plain; charset=utf-8", edition.text.encode())
        case ("image", name):
            return _image(edition, name)
        case ("calendar", name):
            return _calendar(edition, name)
        case ("file", name) if name in proof.files:
            kind = KINDS.get(name.rpartition(".")[2], "application/octet-stream")
            return Response(200, kind, proof.files[name], disposition=_saved(f"{edition.name}-{name}"))
        case _:
            return NOT_HERE


def _image(edition: Edition, name: str) -> Response:
    for image in edition.images:
        if image.name == name and image.media_type in PICTURES:
            return Response(200, image.media_type, image.data)
    return NOT_HERE


def _calendar(edition: Edition, name: str) -> Response:
    for file in edition.calendar:
        if file.name == name:
            return Response(200, "text/calendar; charset=utf-8", file.data, disposition=_saved(name))
    return NOT_HERE


def _saved(name: str) -> str:
    """Tell the browser to save a file, never to show it."""
    return f"attachment; filename*=UTF-8''{quote(name, safe='')}"
