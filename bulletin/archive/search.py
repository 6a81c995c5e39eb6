"""The index a browser searches in, as MiniSearch 7 writes and reads it, one for each year."""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

Terms = Mapping[str, int]
"""How often each word stands in a text; `search.js` takes words apart in the same way."""

FIELDS = {"title": 0, "text": 1}
SERIALIZATION = 2
"""The version of MiniSearch's own format, which its versions from 6 on read."""

_WORDS = re.compile(r"[^\W_]+")


class Document(NamedTuple):
    """One item to be found.

    stored: what a result shows of it. terms: those of its title, and of its text.
    """

    id: str
    stored: Mapping[str, object]
    terms: tuple[Terms, Terms]


def terms_of(text: str) -> dict[str, int]:
    """Count the words of a text in lower case, without accents, in the order of the alphabet."""
    letters = unicodedata.normalize("NFD", text)
    bare = "".join(letter for letter in letters if not unicodedata.category(letter).startswith("M"))
    return dict(sorted(Counter(_WORDS.findall(bare.lower())).items()))


def index_of(name: str, documents: Sequence[Document]) -> bytes:
    """Write the index of some documents as a script: a page opened from a disk may load nothing else."""
    postings: dict[str, dict[str, dict[str, int]]] = {}
    for number, document in enumerate(documents):
        for field, terms in zip(FIELDS.values(), document.terms, strict=True):
            for term, count in terms.items():
                postings.setdefault(term, {}).setdefault(str(field), {})[str(number)] = count
    lengths = [[len(terms) for terms in document.terms] for document in documents]
    data: dict[str, Any] = {
        "documentCount": len(documents),
        "nextId": len(documents),
        "documentIds": {str(number): one.id for number, one in enumerate(documents)},
        "fieldIds": FIELDS,
        "fieldLength": {str(number): length for number, length in enumerate(lengths)},
        "averageFieldLength": [_average([one[field] for one in lengths]) for field in FIELDS.values()],
        "storedFields": {str(number): one.stored for number, one in enumerate(documents)},
        "dirtCount": 0,
        "index": [[term, postings[term]] for term in sorted(postings)],
        "serializationVersion": SERIALIZATION,
    }
    return f"bulletinIndex({json.dumps(name)}, {_compact(data)});\n".encode()


def _average(lengths: Sequence[int]) -> float:
    """Give a mean; rounded, so that the same numbers are the same bytes on every machine."""
    return round(sum(lengths) / len(lengths), 4) if lengths else 0


def _compact(data: object) -> str:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
