"""The desk in a real browser: both parts shown, no complaint, and no script but the page's own."""

from pathlib import Path

import pytest
from chromium import browsed
from desk_sample import HTML, edition, finding, opened, view

from bulletin.desk import View, routes, server

SCRIPT = "<script>document.body.innerHTML='taken over'</script>"


def spied(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note the paths a browser asks for below the desk's address."""
    asked: list[str] = []

    def respond(path: tuple[str, ...], *rest: object) -> routes.Response:
        asked.append("/".join(path))
        return routes.respond(path, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(server, "respond", respond)
    return asked


def hostile() -> View:
    return view(finding(detail=SCRIPT), titles={"issues/2026-11/items/fund.md": f"{SCRIPT} & a fund"})


def test_the_page_shows_both_parts_and_the_findings_without_complaint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = spied(monkeypatch)
    with opened(hostile) as desk:
        page, console = browsed(desk.address, tmp_path)
    assert console == []
    assert "1. A fund" in page
    assert "1 error stops this bulletin" in page
    assert '<form id="looks">' in page, "the page's own script has not run"
    assert {"edition/everyone/light", "edition/everyone/image/logo.png"} <= set(asked)


def test_a_script_in_an_edition_does_not_run(tmp_path: Path) -> None:
    with opened(lambda: view(proofs=(edition(html=HTML.replace("</body>", SCRIPT)),))) as desk:
        page, console = browsed(f"{desk.address}edition/everyone/light", tmp_path)
    assert "<h1>Communicate</h1>" in page
    assert any("Blocked script execution" in line for line in console)


def test_without_pictures_none_is_fetched_and_the_findings_stay_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = spied(monkeypatch)
    with opened(hostile) as desk:
        page, console = browsed(f"{desk.address}edition/everyone/print?pictures=off&findings=in", tmp_path)
    assert "<h1>Communicate</h1>" in page
    assert "taken over" not in page.partition("<body>")[2]
    assert not any("image" in path for path in asked)
    assert all("logo.png" in line for line in console), "only the picture is missed"
