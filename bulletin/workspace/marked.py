"""JSON files that hold very many digests or marks, written and read a line at a time."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from bulletin.many import ManyKeys
from bulletin.workspace.files import unreadable, write

_MARK = re.compile(r'\s*"([a-z0-9]+)",?\s*')
_OPENING = re.compile(r'\s*"([^"\\]+)": \[\s*')
_EMPTY = re.compile(r'(\s*)"([^"\\]+)": \[\](,?)')


def write_marked(path: Path, data: Any, marks: Mapping[str, Iterable[str]]) -> None:
    """Write data as JSON, with marks in those of its arrays, empty as yet, that have these names."""
    write(path, (line.encode() for line in _lines(data, marks)))


def read_marked(path: Path) -> tuple[Any, Mapping[str, ManyKeys[str]]] | None:
    """Read what `write_marked` wrote: the data with empty arrays, and their marks by name; None for no file.

    Raises:
        ValueError: it is no such JSON. BulletinError: it cannot be read.
    """
    marks: dict[str, ManyKeys[str]] = {}
    rest, name = [], ""
    try:
        with path.open(encoding="utf-8") as file:
            for line in file:
                if name in marks and (found := _MARK.fullmatch(line)):
                    marks[name].add(found[1])
                    continue
                opening = _OPENING.fullmatch(line)
                name = opening[1] if opening else ""
                if opening:
                    marks.setdefault(name, ManyKeys())
                rest.append(line)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as fault:
        raise unreadable(path, fault) from None
    return json.loads("".join(rest)), marks


def _lines(data: Any, marks: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """Give the lines of `json.dumps(data, indent=1)` as they would be with the marks in it."""
    for line in json.dumps(data, indent=1, ensure_ascii=False).split("\n"):
        empty = _EMPTY.fullmatch(line)
        if empty and empty[2] in marks:
            indent, name, comma = empty.groups()
            between = f'{indent}"{name}": ['
            for one in marks[name]:
                yield f'{between}\n{indent} "{one}"'
                between = ","
            yield f"\n{indent}]{comma}\n" if between == "," else f"{between}]{comma}\n"
        else:
            yield f"{line}\n"
