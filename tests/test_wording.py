"""Names come into a sentence as people write them."""

import pytest

from bulletin.wording import listed


@pytest.mark.parametrize(
    ("names", "most", "words"),
    [
        ("", 0, ""),
        ("a", 0, "a"),
        ("ab", 1, "a and 1 more"),
        ("abc", 0, "a, b and c"),
        ("abc", 3, "a, b and c"),
        ("abcde", 3, "a, b, c and 2 more"),
    ],
)
def test_names_are_listed_and_of_many_the_first(names: str, most: int, words: str) -> None:
    assert listed(names, most) == words
