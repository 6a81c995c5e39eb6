r"""Words into tokens: each of one kind, which is one letter, so that a regular expression can be a grammar.

D ISO date, S numbers with a year, s a day and a month's name joined, F numbers without a year, T certain
time, C clock time that may be morning or evening, Y year, y short year, O ordinal, N number, K digits that
may be a time, X digits that say nothing of dates (a room, a price, a telephone), M month, W weekday, P
weekdays, E every, L weekly, d daily, w a week or a month where a day should be, x words that change what a
date means, z one that does so to the date after it, a about, t to be confirmed, p a part of the day, g a
clock's name, B before, f from, b between, A and, U until or by, r to, R dash, v onwards, o on/at/the/of,
c punctuation, n any other word. `#`, `=` and `*` later stand for what has been read.
"""

import re
from functools import cache
from typing import NamedTuple

from bulletin.dates.vocabulary import PATTERNS, WORD, WORDS
from bulletin.dates.zones import named_zones


class Sentence(NamedTuple):
    """Tokens: `kinds` has a letter for each of `texts`, which start at `spots` in the lower-case line."""

    line: str
    kinds: str
    texts: tuple[str, ...]
    spots: tuple[int, ...]

    def masked(self, start: int, end: int, letter: str) -> "Sentence":
        """Give the same sentence with the tokens from start to end marked as read."""
        return self._replace(kinds=self.kinds[:start] + letter * (end - start) + self.kinds[end:])

    def quoted(self, start: int, end: int) -> str:
        """Give the words of the tokens from start to end between quotation marks, at most 40 characters."""
        text = self.line[self.spots[start] : self.spots[end - 1] + len(self.texts[end - 1])]
        return f'"{text}"' if len(text) <= 40 else f'"{text[:39]}\u2026"'


@cache
def _lexer() -> re.Pattern[str]:
    """Compile the vocabulary into one pattern, whose groups are named by their place in it."""
    kinds = [f"(?P<k{place}>{'|'.join(patterns)})" for place, (_, *patterns) in enumerate(PATTERNS)]
    return re.compile("|".join([*kinds, WORD, r"(?P<other>\S)"]))


def split_words(words: str) -> Sentence:
    """Split words into tokens; every character but white space is in one of them."""
    line = _plain(words)
    matches = list(_lexer().finditer(line))
    texts = tuple(match["word"] or match[0] for match in matches)
    return Sentence(line, "".join(map(_kind, matches)), texts, tuple(match.start() for match in matches))


def _kind(match: re.Match[str]) -> str:
    """Give the letter of a token's kind."""
    if match["other"]:
        return "c"
    word: str | None = match["word"]
    return WORDS.get(word.replace("'s", "s"), "n") if word else PATTERNS[int((match.lastgroup or "")[1:])][0]


def _plain(words: str) -> str:
    """Make one line of it, in lower case, with one kind of dash, quotation mark and space."""
    line = " ".join(" , ".join(words.splitlines()).lower().split())
    line = re.sub("[\u2018\u2019\u201b`]", "'", re.sub("[\u2010-\u2015\u2212]", "-", line))
    line = re.sub(r"(?<![^\W_])'til\b", "til", line)
    line = re.sub(r"(?<=[0-9]) in the (morning|afternoon|evening)\b", _half, line)
    return named_zones(line)


def _half(found: re.Match[str]) -> str:
    return "am" if found[1] == "morning" else "pm"
