"""Which address shows what: a path and a view in, a response out."""

from dataclasses import dataclass
from urllib.parse import parse_qs, quote

from bulletin.desk.page import asset, page
from bulletin.desk.proof import Scheme, shown
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
SHUT_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"

ASSETS = {
    "desk.css": "text/css; charset=utf-8",
    "desk.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}
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
            return _of_edition(proof.edition, tuple(rest))
        case _:
            return NOT_HERE


def _page(query: str, now: Shown) -> Response:
    names = parse_qs(query).get("edition", [])
    proofs = now.view.proofs
    chosen = now.view.proof(names[0]) if names else None
    body = page(now, chosen or (proofs[0] if proofs else None)).encode()
    return Response(200, "text/html; charset=utf-8", body, PAGE_POLICY)


def _of_edition(edition: Edition, path: tuple[str, ...]) -> Response:
    match path:
        case (("light" | "dark") as scheme,):
            body = shown(edition, Scheme(scheme)).encode()
            return Response(200, "text/html; charset=utf-8", body, PROOF_POLICY)
        case ("bulletin.txt",):
            return Response(200, "text/plain; charset=utf-8", edition.text.encode())
        case ("image", name):
            return _image(edition, name)
        case ("calendar", name):
            return _calendar(edition, name)
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
            saved = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
            return Response(200, "text/calendar; charset=utf-8", file.data, disposition=saved)
    return NOT_HERE
