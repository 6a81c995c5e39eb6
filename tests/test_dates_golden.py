from datetime import date
from pathlib import Path

import pytest

from bulletin.dates import house_deadline, house_when, read_deadline, read_when

ON = date(2026, 11, 20)
TABLE = Path(__file__).parent / "data" / "dates.tsv"
LINES = [line.split("\t") for line in TABLE.read_text("utf-8").splitlines() if not line.startswith("#")]


def test_the_table_is_long_enough_to_be_an_account_of_what_people_write() -> None:
    assert len(LINES) >= 80


@pytest.mark.parametrize(("tells", "words", "house", "doubts"), LINES, ids=lambda value: value[:40])
def test_what_people_write_is_read_as_the_table_says(tells: str, words: str, house: str, doubts: str) -> None:
    when = read_deadline(words, ON) if tells == "deadline" else read_when(words, ON)
    written = house_deadline(when) if tells == "deadline" else house_when(when)
    assert when.words == words
    assert (written if when.start else "-") == house
    assert ("; ".join(f"{doubt.kind}: {doubt.detail}" for doubt in when.doubts) or "-") == doubts
