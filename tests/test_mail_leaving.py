"""How a reader leaves: by mail always, with one click where there is a page, and never by a copy's body."""

from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.bounces import token_of
from bulletin.mail.leaving import Leaving, list_headers
from bulletin.mail.leaving import way_out as written
from bulletin.model.delivery import Recipient
from bulletin.pipeline.job import Job
from bulletin.pipeline.leaving import ways_out
from bulletin.settings.values import Partnership, Sender, Settings, Site
from bulletin.workspace import Workspace
from bulletin.workspace.approval import read_key

PAGE = "https://www.avonbridge.example/leave"
JO = Recipient("jo@council.example", "Jo@Council.example", "Jo", "everyone", "core-group")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "workspace.key").write_text("ab" * 32 + "\n", "utf-8")
    return tmp_path


def way_out(folder: Path, page: str = PAGE) -> Leaving:
    settings = Settings(Partnership("Avon"), Sender("Avon", "a@avon.example"), site=Site(leave=page))
    return ways_out(Job(Workspace(folder), settings, "2026-11", datetime(2026, 11, 26, tzinfo=UTC)))(JO)


def headers(leaving: Leaving, list_name: str = "core-group") -> dict[str, str]:
    same = list_headers("communicate.avon.example", "leave@avon.example")
    lines = (same + written("leave@avon.example", list_name, leaving)).decode()
    return dict(line.split(": ", 1) for line in lines.replace("\r\n ", " ").strip().split("\r\n"))


def test_with_a_page_one_click_comes_first_and_mail_stays(folder: Path) -> None:
    found = headers(way_out(folder))
    token = token_of(read_key(folder / "workspace.key"), "core-group", JO.key)
    one_click, by_mail = found["List-Unsubscribe"].split(", ")
    assert one_click == f"<{PAGE}/{token}>"
    assert by_mail == f"<mailto:leave@avon.example?subject=unsubscribe%20core-group%20{token}>"
    assert found["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_without_a_page_there_is_mail_alone(folder: Path) -> None:
    found = headers(way_out(folder, ""))
    assert "List-Unsubscribe-Post" not in found
    assert found["List-Unsubscribe"].startswith("<mailto:")


def test_nobodys_address_is_in_it(folder: Path) -> None:
    assert "council" not in str(headers(way_out(folder))).lower()


@given(st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=64))
def test_any_list_gives_addresses_that_are_never_encoded_or_cut(name: str) -> None:
    token = token_of(b"k" * 32, name, JO.key)
    found = headers(Leaving(f"unsubscribe {name} {token}", f"{PAGE}/{token}"), name)["List-Unsubscribe"]
    assert "=?" not in found
    assert unquote(found).endswith(f"unsubscribe {name} {token}>")
