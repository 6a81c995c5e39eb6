"""Files with very many marks are JSON like any other, and never held as a whole."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.errors import BulletinError
from bulletin.model.delivery import Recipient
from bulletin.workspace import Workspace
from bulletin.workspace.approval import Approval, keyed_all, read_approval, unapproved, write_approval
from bulletin.workspace.marked import read_marked, write_marked

MARKS = st.lists(st.text("abcdef0123456789", min_size=1, max_size=4), max_size=5, unique=True).map(sorted)
LISTS = st.dictionaries(st.sampled_from(["core", "clerks", "by", "recipients"]), MARKS)
WORDS = st.text(max_size=5) | st.sampled_from(['"recipients": []', ' "core": [],', '"\n]'])
APPROVAL = "issues/2026-11/approval.json"
PEOPLE = [Recipient(f"p{n}@x.example", f"p{n}@x.example", "", "everyone", "core") for n in range(3)]


@given(WORDS, LISTS)
def test_the_bytes_are_those_of_the_whole_and_are_read_back(words: str, lists: dict[str, list[str]]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "marks.json"
        empty: dict[str, list[str]] = {name: [] for name in lists}
        write_marked(path, {"by": words, "lists": empty, "at": 1}, lists)
        whole = {"by": words, "lists": lists, "at": 1}
        assert path.read_bytes().decode() == json.dumps(whole, indent=1, ensure_ascii=False) + "\n"
        found = read_marked(path)
    assert found
    assert found[0] == {"by": words, "lists": empty, "at": 1}
    assert {name: list(marks) for name, marks in found[1].items()} == {n: m for n, m in lists.items() if m}


def test_an_approval_covers_whom_it_was_for_and_nobody_else(tmp_path: Path) -> None:
    workspace, key = Workspace(tmp_path), b"k" * 32
    write_approval(
        workspace, "2026-11", Approval("Jo", "2026-11-26", {"everyone": "ab"}, keyed_all(key, PEOPLE[:2]))
    )
    found = read_approval(workspace, "2026-11")
    assert found
    assert (unapproved(found, key, PEOPLE[:2]), unapproved(found, key, PEOPLE)) == (0, 1)
    assert list(found.recipients) == json.loads((tmp_path / APPROVAL).read_text("utf-8"))["recipients"]


@pytest.mark.parametrize("old", ['"recipients": [', '"format": 1', "]"])
def test_a_damaged_approval_is_a_sentence(tmp_path: Path, old: str) -> None:
    workspace, path = Workspace(tmp_path), tmp_path / APPROVAL
    write_approval(workspace, "2026-11", Approval("Jo", "2026-11-26", {}, keyed_all(b"k" * 32, PEOPLE)))
    path.write_text(path.read_text("utf-8").replace(old, "?"), "utf-8")
    with pytest.raises(BulletinError, match="is damaged or of another version"):
        read_approval(workspace, "2026-11")
