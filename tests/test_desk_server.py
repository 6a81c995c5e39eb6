"""The desk as a server: who may look, at what, and how news travels."""

import http.client
import logging
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from urllib.parse import urlsplit

import pytest
from desk_sample import Served, edition, finding, opened, view

from bulletin.desk import Proof, serve
from bulletin.errors import BulletinError


@pytest.fixture(scope="module")
def desk() -> Iterator[Served]:
    """A desk that only looks at one thing."""
    with opened(view) as served:
        yield served


@pytest.fixture
def changing() -> Iterator[Served]:
    """A desk whose files will change."""
    with opened(view) as served:
        yield served


@contextmanager
def listening(desk: Served, since: int = -1) -> Iterator[http.client.HTTPResponse]:
    """Follow the desk's news as a browser does."""
    connection = http.client.HTTPConnection(desk.netloc, timeout=10)
    connection.request("GET", f"{urlsplit(desk.address).path}changes?since={since}")
    with closing(connection), connection.getresponse() as news:
        yield news


def test_it_listens_on_loopback_at_an_address_nobody_can_guess(desk: Served) -> None:
    assert desk.netloc.startswith("127.0.0.1:")
    assert len(desk.address.rstrip("/").rpartition("/")[2]) >= 20


def test_two_desks_have_different_addresses(desk: Served) -> None:
    with opened(view) as other:
        assert desk.address.split("/")[3] != other.address.split("/")[3]


@pytest.mark.parametrize(
    "path", ["/", "/wrong-word/", "/favicon.ico", "//", "/../", "/wrong-word/edition/everyone/light"]
)
def test_without_the_secret_word_there_is_nothing(desk: Served, path: str) -> None:
    answer = desk.request(path)
    assert answer.status == 404
    assert "Communicate" not in answer.body


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "127.0.0.1", "127.0.0.1.evil.example", ""]
)
def test_a_name_that_was_rebound_to_loopback_is_refused(desk: Served, host: str) -> None:
    assert desk.request(Host=host).status == 403


def test_localhost_is_as_good_as_its_number(desk: Served) -> None:
    assert desk.request(Host=f"localhost:{desk.port}").status == 200


def test_two_host_headers_are_refused(desk: Served) -> None:
    with socket.create_connection(("127.0.0.1", desk.port), timeout=10) as raw:
        raw.sendall(f"GET / HTTP/1.1\r\nHost: {desk.netloc}\r\nHost: evil.example\r\n\r\n".encode())
        assert raw.recv(12) == b"HTTP/1.0 403"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "CONNECT", "BREW"])
def test_it_can_only_be_looked_at(desk: Served, method: str) -> None:
    answer = desk.request(method=method)
    assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    "path", ["", "desk.css", "edition/everyone/light", "edition/everyone/image/logo.png"]
)
def test_head_gives_what_get_gives_less_the_body(desk: Served, path: str) -> None:
    got, head = desk.request(path), desk.request(path, "HEAD")
    assert head.body == ""
    assert head.headers["Content-Length"] == got.headers["Content-Length"]


@pytest.mark.parametrize(
    "path", ["", "desk.js", "edition/everyone/dark", "edition/everyone/bulletin.txt", "none", "/"]
)
def test_every_answer_is_kept_by_nobody_and_shared_with_nobody(desk: Served, path: str) -> None:
    headers = desk.request(path).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Access-Control-Allow-Origin"] is None


def test_the_page_runs_its_own_script_alone(desk: Served) -> None:
    policy = desk.request().headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize("scheme", ["light", "dark", "print", "light?pictures=off", "dark?findings=in"])
def test_a_proof_is_sandboxed_even_in_a_tab_of_its_own(desk: Served, scheme: str) -> None:
    policy = desk.request(f"edition/everyone/{scheme}").headers["Content-Security-Policy"]
    assert policy.endswith("; sandbox")
    assert "script" not in policy


@pytest.mark.parametrize(
    "path",
    [
        "edition/nobody/light",
        "edition/everyone/mauve",
        "pack/everyone/light",
        "pack/nobody/light",
        "edition/everyone/image/none.png",
        "edition/everyone/image/drawing",
        "edition/everyone/calendar/none.ics",
        "edition/everyone/image/..%2Flight",
        "page.html",
        "view.py",
        "..%2Fview.py",
        "%2e%2e/view.py",
        "edition/everyone",
        "edition",
        "%00",
    ],
)
def test_what_is_not_part_of_the_issue_is_not_there(desk: Served, path: str) -> None:
    assert desk.request(path).status == 404


def test_pictures_are_off_by_the_policy_alone_so_that_the_bytes_are_the_same(desk: Served) -> None:
    on, off = desk.request("edition/everyone/dark"), desk.request("edition/everyone/dark?pictures=off")
    assert on.body == off.body
    assert "img-src" in on.headers["Content-Security-Policy"]
    assert "img-src" not in off.headers["Content-Security-Policy"]
    assert off.headers["Content-Security-Policy"].startswith("default-src 'none'; ")


def test_findings_are_at_their_item_only_where_asked_for() -> None:
    with opened(lambda: view(finding())) as desk:
        assert "::before" not in desk.request("edition/everyone/light").body
        assert '[id="fund"]::before' in desk.request("edition/everyone/light?findings=in").body


def test_a_pack_is_no_edition_though_they_share_a_name() -> None:
    pack = Proof("everyone", edition(html="<p>A pack</p>"), pack=True)
    with opened(lambda: view(packs={"everyone": lambda: pack})) as desk:
        assert desk.request("pack/everyone/print").body == "<p>A pack</p>"
        assert "A pack" not in desk.request("edition/everyone/print").body
        assert 'src="pack/everyone/light' in desk.request("?pack=everyone").body
        assert 'src="edition/everyone/light' in desk.request("?edition=everyone").body
        assert 'src="edition/everyone/light' in desk.request("?pack=none").body


def test_a_pack_is_composed_only_when_it_is_looked_at() -> None:
    looked: list[str] = []
    pack = Proof("north", edition("north"), pack=True, files={"bulletin.eml": b"X-Unsent: 1"})

    def look() -> Proof:
        looked.append("north")
        return pack

    with opened(lambda: view(packs={"north": look})) as desk:
        assert "north</a>" in desk.request().body
        assert desk.request("?edition=everyone").status == 200
        assert looked == []
        answer = desk.request("pack/north/file/bulletin.eml")
        assert looked == ["north"]
        assert (answer.body, answer.headers["Content-Type"]) == ("X-Unsent: 1", "message/rfc822")
        assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''north-bulletin.eml"
        assert desk.request("pack/north/file/other").status == 404


def test_a_calendar_file_is_saved_never_shown(desk: Served) -> None:
    headers = desk.request("edition/everyone/calendar/gathering.ics").headers
    assert headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert headers["Content-Disposition"] == "attachment; filename*=UTF-8''gathering.ics"


def test_an_edition_may_have_any_name() -> None:
    with opened(lambda: view(proofs=(edition('LSP & "friends"/é'),))) as desk:
        assert desk.request("edition/LSP%20%26%20%22friends%22%2F%C3%A9/bulletin.txt").status == 200


def test_the_view_is_composed_once_however_often_it_is_looked_at(changing: Served) -> None:
    for _ in range(5):
        changing.request()
    assert changing.composed == 1


def test_what_is_asked_for_after_a_change_is_new_already(changing: Served) -> None:
    changing.change(lambda: view(finding()))
    assert "1 error stops this bulletin" in changing.request().body


def test_a_change_is_told_to_everybody_who_listens(changing: Served) -> None:
    changing.request()
    with listening(changing, since=1) as one, listening(changing, since=1) as other:
        changing.change(lambda: view(finding()))
        assert [news.readline() + news.readline() for news in (one, other)] == [
            b"event: change\ndata: 2\n"
        ] * 2


def test_a_page_that_is_out_of_date_hears_so_at_once(changing: Served) -> None:
    changing.request()
    with listening(changing, since=0) as news:
        assert news.readline() == b"event: change\n"


def test_a_mistake_in_the_settings_is_a_page_that_says_what_to_mend(changing: Served) -> None:
    def mistaken() -> None:
        raise BulletinError('bulletin.toml has no setting "sectoins"', 'Did you mean "sections"?')

    changing.change(mistaken)  # type: ignore[arg-type]
    answer = changing.request()
    assert answer.status == 200
    assert "no setting &#34;sectoins&#34;." in answer.body
    changing.change(view)
    assert "Nothing stops this bulletin" in changing.request().body


def test_a_fault_of_our_own_is_told_and_does_not_end_the_desk(
    changing: Served, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    changing.change(lambda: 1 / 0)  # type: ignore[arg-type,return-value]
    assert "a fault of the program itself" in changing.request().body
    changing.change(view)
    assert changing.request("edition/everyone/light").status == 200


def test_nothing_is_left_running_when_it_closes() -> None:
    before = set(threading.enumerate())
    with ExitStack() as visitors:
        with opened(view) as desk:
            news = visitors.enter_context(listening(desk))
            idle = visitors.enter_context(socket.create_connection(("127.0.0.1", desk.port), timeout=10))
        news.read()
        with suppress(ConnectionResetError):  # where the desk had not yet answered the door
            assert idle.recv(1) == b""
    assert set(threading.enumerate()) == before


def test_a_port_that_is_taken_is_said_in_a_sentence() -> None:
    with opened(view) as desk, pytest.raises(BulletinError, match="another program may have it"):
        serve(view, fingerprint=str, port=desk.port, announce=print)


@pytest.mark.parametrize(
    "request_line", [b"GARBAGE\r\n\r\n", b"GET\r\n\r\n", b"\x16\x03\x01\r\n\r\n", b"GET / HTTP/9\r\n\r\n"]
)
def test_what_is_no_http_is_refused_without_a_word_on_the_terminal(
    desk: Served, request_line: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    with socket.create_connection(("127.0.0.1", desk.port), timeout=10) as raw:
        raw.sendall(request_line)
        assert b"cannot be understood" in raw.recv(4096)
    assert capfd.readouterr().err == ""
