"""The leave page: looking changes nothing, asking is noted for good, and it tells nobody who is on a list."""

import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server
from wsgiref.validate import validator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.bounces.known import token_of
from bulletin.leave import Leave, application
from bulletin.leave.limit import MOST, PERIOD
from bulletin.leave.page import POLICY
from bulletin.leave.spool import AGAIN, LARGEST, MOST_FILES

ROOT = Path(__file__).resolve().parent.parent
TOKEN = token_of(b"k" * 32, "core-group", "jo@council.example")
FORM = "application/x-www-form-urlencoded"
ONE_CLICK = b"List-Unsubscribe=One-Click"


class Clock:
    now = 1_795_000_000.0

    def __call__(self) -> float:
        return self.now


class Quiet(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def served(app: Any) -> Iterator[int]:
    """Serve an application on loopback, checked against the standard, and give its port."""
    with make_server("127.0.0.1", 0, validator(app), handler_class=Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def asked(
    app: Any, method: str, path: str = "/", body: bytes = b"", **more: Any
) -> tuple[str, dict[str, str], str]:
    """Ask the application without a server: status, headers, page."""
    heard: list[Any] = []
    environ = {
        "REQUEST_METHOD": method, "PATH_INFO": path, "CONTENT_LENGTH": str(len(body)), "CONTENT_TYPE": FORM,
        "wsgi.input": BytesIO(body), "wsgi.errors": StringIO(), **more,
    }  # fmt: skip
    page = b"".join(app(environ, lambda status, headers: heard.append((status, dict(headers)))))
    return heard[0][0], heard[0][1], page.decode()


@pytest.fixture
def spool(tmp_path: Path) -> Path:
    return tmp_path / "leave.spool"


@pytest.fixture
def leave(spool: Path) -> Leave:
    return Leave(spool, name="Communicate", contact="Meera Holloway, 01632 960114", clock=Clock())


def noted(spool: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in spool.read_text("utf-8").splitlines()] if spool.exists() else []


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PUT", "DELETE", "PROPFIND", "post", ""])
@pytest.mark.parametrize("path", ["", "/", f"/{TOKEN}", "/guess", f"/{TOKEN}/x", "/" + "a" * 4000])
def test_nothing_but_a_post_changes_anything(leave: Leave, spool: Path, method: str, path: str) -> None:
    asked(leave, method, path, ONE_CLICK)
    assert not spool.exists()


def test_one_click_over_a_real_connection_is_noted(leave: Leave, spool: Path) -> None:
    with served(leave) as port:
        browser = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        browser.request("POST", f"/{TOKEN}", ONE_CLICK, {"Content-Type": FORM})
        answer = browser.getresponse()
        assert (answer.status, b"your request was noted" in answer.read()) == (200, True)
        browser.request("GET", f"/{TOKEN}")
        assert b"Nothing has been changed yet" in browser.getresponse().read()
    assert noted(spool) == [{"at": "2026-11-18T11:06:40+00:00", "token": TOKEN}]
    assert spool.stat().st_mode & 0o077 == 0 or sys.platform == "win32"


def test_one_click_may_come_as_multipart(leave: Leave, spool: Path) -> None:
    body = b'--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n'
    status, _, _ = asked(leave, "POST", f"/{TOKEN}", body, CONTENT_TYPE="multipart/form-data; boundary=b")
    assert (status, len(noted(spool))) == ("200 OK", 1)


@given(st.text("abcdefghijklmnopqrstuvwxyz234567ABC", min_size=37, max_size=37))
def test_every_token_gets_the_same_answer(tmp_path_factory: pytest.TempPathFactory, guess: str) -> None:
    app = Leave(tmp_path_factory.mktemp("s") / "spool")
    for method in ("GET", "POST"):
        assert asked(app, method, f"/{guess}") == asked(app, method, f"/{TOKEN}")


@pytest.mark.parametrize("path", [f"/leave/{TOKEN}", f"/a/b/{TOKEN.upper()}", f"/{TOKEN}/"])
def test_a_host_may_hand_on_the_whole_path(leave: Leave, spool: Path, path: str) -> None:
    assert asked(leave, "POST", path, ONE_CLICK)[0] == "200 OK"
    assert [row["token"] for row in noted(spool)] == [TOKEN]


@pytest.mark.parametrize(
    "body", [b"", b"foo=bar", b"List-Unsubscribe=", b"address=jo%40x.example", b"\xff\0", b"--b\r\n"]
)
@pytest.mark.parametrize(
    "form", [FORM, "multipart/form-data; boundary=b", "multipart/form-data", "text/plain"]
)
def test_a_post_that_is_no_click_is_asked_for_one(leave: Leave, spool: Path, body: bytes, form: str) -> None:
    status, _, page = asked(leave, "POST", f"/{TOKEN}", body, CONTENT_TYPE=form)
    assert (status[:3], "Nothing has been changed yet" in page, spool.exists()) == ("200", True, False)


def test_a_click_may_come_in_chunks(leave: Leave, spool: Path) -> None:
    chunked: dict[str, Any] = {"CONTENT_LENGTH": "", "wsgi.input_terminated": True}
    assert asked(leave, "POST", f"/{TOKEN}", ONE_CLICK + b"&x=" + b"y" * 5000, **chunked)[0][:3] == "413"
    asked(leave, "POST", f"/{TOKEN}", ONE_CLICK, **chunked)
    assert len(noted(spool)) == 1


def test_a_token_of_no_key_of_ours_is_thanked_for_and_not_noted(spool: Path) -> None:
    other = ("a" if TOKEN[0] != "a" else "b") + TOKEN[1:]
    leave = Leave(spool, keys=["zz", TOKEN[:2]])
    assert asked(leave, "POST", f"/{other}", ONE_CLICK)[2] == asked(leave, "POST", f"/{TOKEN}", ONE_CLICK)[2]
    assert [row["token"] for row in noted(spool)] == [TOKEN]


def clicks(leave: Leave, count: int, **more: str) -> list[str]:
    """Let a place click for so many readers, and give the answers' codes."""
    tokens = (token_of(b"k" * 32, str(more), str(number)) for number in range(count))
    return [asked(leave, "POST", f"/{token}", ONE_CLICK, **more)[0][:3] for token in tokens]


def test_one_place_cannot_fill_the_spool_and_holds_up_nobody_else(
    spool: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.fsync", lambda _: None)
    clock = Clock()
    leave = Leave(spool, clock=clock)
    flood = clicks(leave, MOST + 50, REMOTE_ADDR="2001:4860:9::1")
    assert (flood[:MOST], set(flood[MOST:])) == (["200"] * MOST, {"429"})
    assert clicks(leave, 1, REMOTE_ADDR="2001:4860:9::ffff") == ["429"], "the same customer's network"
    assert clicks(leave, 1, REMOTE_ADDR="8.8.8.8") == ["200"]
    clock.now += PERIOD
    assert clicks(leave, 1, REMOTE_ADDR="2001:4860:9::2") == ["200"]


def test_behind_a_web_server_the_place_is_what_that_server_saw(
    spool: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.fsync", lambda _: None)
    leave, near = Leave(spool), {"REMOTE_ADDR": "127.0.0.1"}
    assert set(clicks(leave, MOST + 1, **near)) == {"200"}, "nobody can be told apart"
    assert clicks(leave, MOST + 1, **near, HTTP_X_FORWARDED_FOR="9.9.9.9, 8.8.8.8")[-1] == "429"
    assert clicks(leave, 1, **near, HTTP_X_FORWARDED_FOR="8.8.8.8, 9.9.9.9") == ["200"]


def test_a_full_file_of_the_spool_is_followed_by_another(leave: Leave, spool: Path) -> None:
    spool.write_bytes(b"x" * (LARGEST - 10))
    assert asked(leave, "POST", f"/{TOKEN}", ONE_CLICK)[0][:3] == "200"
    further = noted(spool.with_name("leave.spool.1"))
    assert ([row["token"] for row in further], spool.stat().st_size) == ([TOKEN], LARGEST - 10)


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes are POSIX's")
@pytest.mark.parametrize("kind", ["link", "broken", "pipe"])
def test_the_spool_is_a_file_and_no_way_to_another(
    leave: Leave, spool: Path, tmp_path: Path, kind: str
) -> None:
    other = tmp_path / "other"
    if kind == "pipe":
        os.mkfifo(spool)
    else:
        spool.symlink_to(other)
    if kind == "link":
        other.write_text("secret\n", "utf-8")
    assert asked(leave, "POST", f"/{TOKEN}", ONE_CLICK)[0][:3] == "503"
    assert not other.exists() or other.read_text("utf-8") == "secret\n"


@pytest.mark.parametrize("path", [f"/{TOKEN[:-1]}", f"/{TOKEN}a", "/favicon.ico", f"/{TOKEN}/x", "/x" * 4000])
def test_a_link_that_was_cut_asks_for_the_address(leave: Leave, spool: Path, path: str) -> None:
    assert 'name="address"' in asked(leave, "GET", path)[2]
    assert asked(leave, "POST", path, ONE_CLICK)[0][:3] == "400"
    assert not spool.exists()


def test_the_same_token_is_noted_once_an_hour_and_answered_each_time(spool: Path) -> None:
    clock = Clock()
    leave = Leave(spool, clock=clock)
    pages = {asked(leave, "POST", f"/{token}", ONE_CLICK)[2] for token in (TOKEN, TOKEN.upper(), TOKEN)}
    assert (len(pages), len(noted(spool))) == (1, 1)
    clock.now += AGAIN
    asked(leave, "POST", f"/{TOKEN}", ONE_CLICK)
    assert len(noted(spool)) == 2


def test_a_typed_address_is_noted_and_a_mistyped_one_is_explained(leave: Leave, spool: Path) -> None:
    status, _, page = asked(leave, "POST", "/", b"address=jo%40council.example")
    assert (status[:3], [row["address"] for row in noted(spool)]) == ("200", ["jo@council.example"])
    status, _, page = asked(leave, "POST", "/", b"address=%22%3E%3Cscript%3Ejo")
    assert (status[:3], len(noted(spool))) == ("400", 1)
    assert "Enter an e-mail address" in page
    assert "<script" not in page


@pytest.mark.parametrize(
    "body",
    [
        b"", b"address=", b"address=jo", b"address=jo%0d%0a@x.example", b"address=a@b@x.example", b"other=1",
        b"address=" + b"a" * 300 + b"@x.example", b"\xff\xfe", b"address=%E2%80%AE@x.example", b"a=1&" * 50,
    ],
)  # fmt: skip
def test_what_is_no_address_is_not_noted(leave: Leave, spool: Path, body: bytes) -> None:
    assert asked(leave, "POST", "/", body)[0][:3] == "400"
    assert not spool.exists()


@pytest.mark.parametrize("length", ["4097", "999999999999", "-1", "x", "1e3", "\u0663"])
def test_a_body_that_is_too_large_is_not_read(leave: Leave, spool: Path, length: str) -> None:
    assert asked(leave, "POST", f"/{TOKEN}", CONTENT_LENGTH=length)[0][:3] == "413"
    assert not spool.exists()


def test_other_methods_are_told_which_there_are(leave: Leave) -> None:
    status, headers, _ = asked(leave, "DELETE", f"/{TOKEN}")
    assert (status[:3], headers["Allow"]) == ("405", "GET, HEAD, POST, OPTIONS")


def test_a_full_spool_asks_to_come_again_and_loses_nothing(leave: Leave, spool: Path) -> None:
    for path in (spool, *(spool.with_name(f"{spool.name}.{number}") for number in range(1, MOST_FILES))):
        path.write_bytes(b"x" * (LARGEST - 10))
    status, headers, page = asked(leave, "POST", f"/{TOKEN}", ONE_CLICK)
    assert (status[:3], headers["Retry-After"], spool.stat().st_size) == ("503", "86400", LARGEST - 10)
    assert "could not be noted" in page


def test_a_spool_that_cannot_be_written_is_told_to_the_host_without_the_token(tmp_path: Path) -> None:
    errors = StringIO()
    app = Leave(tmp_path / "no" / "such" / "spool")
    assert asked(app, "POST", f"/{TOKEN}", ONE_CLICK, **{"wsgi.errors": errors})[0][:3] == "503"  # type: ignore[arg-type]
    assert "the spool could not be written" in errors.getvalue()
    assert TOKEN not in errors.getvalue()


def test_a_line_that_a_crash_has_torn_is_ended_first(leave: Leave, spool: Path) -> None:
    spool.write_text('{"at": "2026', "utf-8")
    asked(leave, "POST", f"/{TOKEN}", ONE_CLICK)
    torn, whole = spool.read_text("utf-8").splitlines()
    assert (torn, json.loads(whole)["token"]) == ('{"at": "2026', TOKEN)


def test_nothing_is_fetched_run_framed_or_passed_on(leave: Leave) -> None:
    for path in ("/", f"/{TOKEN}", "/a/b"):
        _, headers, page = asked(leave, "GET", path)
        assert headers["Content-Security-Policy"] == POLICY
        assert "default-src 'none'" in POLICY
        assert (headers["Referrer-Policy"], headers["Cache-Control"]) == ("no-referrer", "no-store")
        assert not [word for word in ("<script", "src=", "href=", "http:", "https:", "url(") if word in page]


class Outline(HTMLParser):
    """What matters of a page to somebody who does not see it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


def test_whoever_leaves_is_told_that_it_is_for_all_lists(leave: Leave) -> None:
    assert all("off all its mailing lists" in asked(leave, "GET", path)[2] for path in ("/", f"/{TOKEN}"))


def test_keys_that_are_named_wrongly_are_told_to_the_host(
    spool: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BULLETIN_LEAVE_SPOOL", str(spool))
    monkeypatch.setenv("BULLETIN_LEAVE_KEYS", "ab secret")
    with pytest.raises(RuntimeError, match="BULLETIN_LEAVE_KEYS"):
        asked(application, "GET", "/")


@pytest.mark.parametrize("body", [b"", b"address=jo"], ids=["asked", "corrected"])
def test_the_form_can_be_used_without_seeing_it(leave: Leave, body: bytes) -> None:
    outline = Outline(asked(leave, "POST" if body else "GET", "/", body)[2])
    (label,), (field,) = outline.all("label"), outline.all("input")
    assert outline.all("html") == [{"lang": "en-GB"}]
    assert len(outline.all("h1")) == len(outline.all("main")) == len(outline.all("title")) == 1
    assert (label["for"], field["autocomplete"]) == (field["id"], "email")
    assert (field.get("aria-describedby") == "wrong") is bool(body)


def test_the_application_takes_its_spool_from_the_environment(
    spool: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BULLETIN_LEAVE_SPOOL", str(spool))
    monkeypatch.setenv("BULLETIN_LEAVE_NAME", "Communicate & <co>")
    assert "Communicate &amp; &lt;co&gt;" in asked(application, "GET", f"/{TOKEN}")[2]
    asked(application, "POST", f"/{TOKEN}", ONE_CLICK)
    assert [row["token"] for row in noted(spool)] == [TOKEN]


def test_a_host_that_names_no_spool_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BULLETIN_LEAVE_SPOOL", raising=False)
    with pytest.raises(RuntimeError, match="BULLETIN_LEAVE_SPOOL is not set"):
        asked(application, "GET", "/")


def test_it_loads_the_standard_library_alone() -> None:
    code = "import sys, bulletin.leave; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run(
        [sys.executable, "-S", "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert set(done.stdout.split()) - sys.stdlib_module_names <= {"bulletin", "__main__"}


def test_the_server_that_the_administrators_page_shows_works(tmp_path: Path) -> None:
    page = (ROOT / "docs/administrator.md").read_text("utf-8")
    program = re.search(r"(?s)```text leave_server.py\n(.*?)```", page)
    assert program
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    (tmp_path / "leave_server.py").write_text(program[1].replace("8025", str(port)), "utf-8")
    environment = {**os.environ, "BULLETIN_LEAVE_SPOOL": "leave.spool", "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "leave_server.py"], cwd=tmp_path, env=environment, stderr=subprocess.DEVNULL
    ) as server:
        try:
            assert posted(port, f"/{TOKEN}") == 200
        finally:
            server.terminate()
    assert noted(tmp_path / "leave.spool")[0]["token"] == TOKEN


def posted(port: int, path: str) -> int:
    """Post a click to a server that may not listen yet, and give the status."""
    for _ in range(200):
        try:
            browser = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            browser.request("POST", path, ONE_CLICK, {"Content-Type": FORM})
            return browser.getresponse().status
        except ConnectionRefusedError:
            time.sleep(0.05)
    return 0


def test_many_at_once_lose_no_line(spool: Path) -> None:
    apps = [Leave(spool), Leave(spool)]
    tokens = [token_of(b"k" * 32, "a", str(n)) for n in range(40)]
    threads = [
        threading.Thread(target=asked, args=(apps[n % 2], "POST", f"/{token}", ONE_CLICK))
        for n, token in enumerate(tokens)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(row["token"] for row in noted(spool)) == sorted(tokens)


@pytest.mark.parametrize("path", ["", TOKEN])
def test_a_browser_shows_it_without_complaint(leave: Leave, spool: Path, tmp_path: Path, path: str) -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.fail("this test needs a browser: apt-get install chromium")
    flags = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
    ]
    flags += [f"--user-data-dir={tmp_path / 'profile'}", "--enable-logging=stderr", "--dump-dom"]
    with served(leave) as port:
        address = f"http://127.0.0.1:{port}/{path}"
        done = subprocess.run(
            [chromium, *flags, address], capture_output=True, text=True, timeout=60, check=True
        )
    assert "<button>Take" in done.stdout
    assert [line for line in done.stderr.splitlines() if "CONSOLE" in line and "favicon" not in line] == []
    assert not spool.exists()
