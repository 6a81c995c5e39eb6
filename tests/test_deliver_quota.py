"""What a relay takes in a day is counted once, whoever sends."""

from datetime import datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest
from sending import NOON

from bulletin.deliver.sending.quota import Quota
from bulletin.errors import BulletinError


def quota(folder: Path, now: datetime = NOON, account: str = "smtp://a", most: int = 3) -> Quota:
    return Quota(folder / "data" / "offered.db", account, most, lambda: now)


def test_a_day_later_there_is_room_again(tmp_path: Path) -> None:
    hour = timedelta(hours=1)
    assert [quota(tmp_path, NOON + n * hour).spend() for n in range(4)] == [True, True, True, False]
    assert quota(tmp_path, NOON + 3 * hour).next_at() == NOON + 24 * hour
    assert [quota(tmp_path, NOON + n * hour).spend() for n in (23, 24, 24)] == [False, True, False]


def test_another_account_and_another_limit_count_for_themselves(tmp_path: Path) -> None:
    assert all(quota(tmp_path).spend() for _ in range(3))
    assert quota(tmp_path, account="smtp://b").spend()
    assert quota(tmp_path, most=4).spend()
    assert not quota(tmp_path, most=2).spend()


def test_a_clock_set_back_makes_no_room(tmp_path: Path) -> None:
    assert all(quota(tmp_path).spend() for _ in range(3))
    assert not quota(tmp_path, NOON - timedelta(days=2)).spend()


def test_senders_at_once_never_take_more_together(tmp_path: Path) -> None:
    found: list[bool] = []
    spend = lambda: found.extend(quota(tmp_path, most=10).spend() for _ in range(6))  # noqa: E731
    threads = [Thread(target=spend) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert (len(found), sum(found)) == (24, 10)


def test_a_damaged_count_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "offered.db").write_bytes(b"nonsense" * 200)
    with pytest.raises(BulletinError, match="messages are counted"):
        quota(tmp_path).spend()
