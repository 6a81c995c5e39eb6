"""Whatever a file holds, its reader gives a whole Reading: a reason for all, nothing live, nothing unseen."""

import json
import logging
import re
import zipfile
from importlib import import_module
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reader_seeds import seeds

from bulletin.collect.kinds import ENDINGS, PAGE
from bulletin.collect.reading import Reading
from bulletin.collect.whole import read_whole
from bulletin.markdown import to_html
from bulletin.model.contribution import FileOutcome

logging.getLogger("pypdf").setLevel(logging.CRITICAL)
SEEDS = seeds()
ZIPPED = [name for name in SEEDS if name.endswith((".docx", ".xlsx"))]
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
LIVE = re.compile(
    r"(?i)<(?:script|img|iframe|form|svg|object)\b|<\w[^>]*\s(?:href|src)=\"(?!https?:|mailto:|tel:|#)"
)
SCRAPS = st.sampled_from(
    [
        b"<",
        b">",
        b"=",
        b"\n",
        b"\r",
        b"\0",
        b'"',
        b"\xff",
        b"\xe2\x80\xae",
        b"javascript:x",
        b"[a](data:x)",
        b"%PDF-",
    ]
)
CHANGES = st.lists(
    st.tuples(st.integers(0, 2**20), st.binary(max_size=6) | SCRAPS, st.integers(0, 9)), max_size=12
)


def read(name: str, data: bytes) -> Reading:
    """Read a file with all it carries, in this process: an exception is a fault of ours."""

    def in_process(reader: str, name: str, data: bytes) -> Reading:
        module, _, function = reader.partition(":")
        reading = getattr(import_module(module), function)(name, data)
        assert isinstance(reading, Reading)
        return reading

    return read_whole(in_process, name, data)[0]


def assert_whole(reading: Reading) -> None:
    assert reading.outcome in set(FileOutcome)
    assert reading.why or (reading.drafts and reading.outcome is FileOutcome.READ)
    assert reading.hint or reading.outcome in (FileOutcome.READ, FileOutcome.IGNORED)
    assert json.dumps([reading.why, reading.hint, reading.notes], ensure_ascii=False).encode()
    for draft in reading.drafts:
        assert not UNSEEN.search("".join([draft.text, *draft.labels.values()]))
        assert not any("\n" in value for value in draft.labels.values())
        assert not LIVE.search(to_html(draft.text, heading=2))


def changed(data: bytes, changes: list[tuple[int, bytes, int]]) -> bytes:
    """Replace bytes here and there by others."""
    for place, new, gone in changes:
        at = place % (len(data) + 1)
        data = data[:at] + new + data[at + gone :]
    return data


def with_part(data: bytes, number: int, changes: list[tuple[int, bytes, int]]) -> bytes:
    """Change one part inside a zip, which remains one."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        for name in names:
            part = old.read(name)
            new.writestr(name, changed(part, changes) if name == names[number % len(names)] else part)
    return out.getvalue()


@pytest.mark.parametrize("name", [name for name in SEEDS if not name.endswith(("webp", "bmp", "tiff"))])
def test_the_files_that_are_mutated_are_read(name: str) -> None:
    reading = read(name, SEEDS[name])
    assert_whole(reading)
    assert reading.outcome in (FileOutcome.READ, FileOutcome.NEEDS_YOU)


@given(
    st.sampled_from(sorted(ENDINGS)),
    st.binary(max_size=300),
    st.sampled_from(["", *SEEDS]),
    st.integers(0, 400),
)
@settings(max_examples=120)
def test_arbitrary_bytes_under_any_name(ending: str, noise: bytes, seed: str, kept: int) -> None:
    assert_whole(read(f"a{ending}", SEEDS.get(seed, b"")[:kept] + noise))


@given(st.sampled_from(sorted(SEEDS)), CHANGES)
@settings(max_examples=250)
def test_a_valid_file_changed_here_and_there(name: str, changes: list[tuple[int, bytes, int]]) -> None:
    assert_whole(read(name, changed(SEEDS[name], changes)))


@given(st.sampled_from(ZIPPED), st.integers(0, 20), CHANGES)
@settings(max_examples=80)
def test_a_part_inside_a_document_changed(
    name: str, number: int, changes: list[tuple[int, bytes, int]]
) -> None:
    assert_whole(read(name, with_part(SEEDS[name], number, changes)))


@given(st.sampled_from(sorted(SEEDS)), st.floats(0, 1), st.sampled_from(sorted(ENDINGS)))
@settings(max_examples=120)
def test_a_file_cut_off_anywhere_under_a_wrong_name(name: str, part: float, ending: str) -> None:
    assert_whole(read(f"a{ending}", SEEDS[name][: int(len(SEEDS[name]) * part)]))


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(SEEDS))
@given(changes=CHANGES, number=st.integers(0, 20))
@settings(max_examples=500, suppress_health_check=list(HealthCheck))
def test_each_kind_changed_for_longer(name: str, changes: list[tuple[int, bytes, int]], number: int) -> None:
    data = (
        with_part(SEEDS[name], number, changes)
        if name in ZIPPED and number % 2
        else changed(SEEDS[name], changes)
    )
    assert_whole(read(name, data))


def test_every_kind_that_is_read_is_among_the_files() -> None:
    promised = {kind.reader for kind in ENDINGS.values()}
    there = {ENDINGS[f".{name.rpartition('.')[2]}"].reader for name in SEEDS}
    assert promised == there | {PAGE.reader}
