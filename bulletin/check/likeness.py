"""Find texts that are nearly the same without comparing every one with every other."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from zlib import crc32

RUN = 3
"""Words in a run; texts are as alike as their sets of runs."""
SKETCH = 40
"""How many runs stand for a text: those with the lowest hashes, so that like texts choose the same ones."""
POSTINGS = 8
"""How many texts are remembered for a run: where all share it, the first will do."""
CANDIDATES = 4
"""How many earlier texts one text is compared with, so that the work grows with the number of texts alone."""


def runs(key: str) -> frozenset[int]:
    """Hash every run of words of a folded text; the hashes are the same in every process."""
    words = key.split()
    return frozenset(crc32(" ".join(words[at : at + RUN]).encode()) for at in range(len(words) - RUN + 1))


def hashes(words: Iterable[str]) -> frozenset[int]:
    """Hash single words."""
    return frozenset(crc32(word.encode()) for word in words)


def likeness(one: frozenset[int], other: frozenset[int]) -> float:
    """Give the shared part of two sets, 0 to 1 (Jaccard)."""
    union = len(one | other)
    return len(one & other) / union if union else 0.0


def candidates(sets: Sequence[frozenset[int]]) -> Iterator[tuple[int, int]]:
    """Give pairs (later, earlier) worth comparing: at most CANDIDATES for each later one."""
    index: dict[int, list[int]] = {}
    for at, features in enumerate(sets):
        sketch = sorted(features)[:SKETCH]
        shared = Counter(earlier for feature in sketch for earlier in index.get(feature, ()))
        best = sorted(shared.items(), key=lambda pair: (-pair[1], pair[0]))[:CANDIDATES]
        yield from ((at, earlier) for earlier, _ in best)
        for feature in sketch:
            places = index.setdefault(feature, [])
            if len(places) < POSTINGS:
                places.append(at)


def alike(sets: Sequence[frozenset[int]], least: float) -> dict[int, tuple[int, float]]:
    """Give for each set the earlier one most like it, and how much, where that is at least `least`."""
    found: dict[int, tuple[int, float]] = {}
    for at, earlier in candidates(sets):
        share = likeness(sets[at], sets[earlier])
        if share >= least and share > found.get(at, (0, 0.0))[1]:
            found[at] = (earlier, share)
    return found
