"""Find the line of a TOML file that a mistake is about; tomllib does not tell."""

import re

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]")
_KEY = re.compile(r"""\s*(?:([\w-]+)|"([^"]*)"|'([^']*)')\s*=""")


def line_of(text: str, key: str) -> int:
    """Give the 1-based line of a key's path such as `relay.url`, or of the table it is missing in, else 0."""
    inside, tables, best, found = "", 0, 0, ""
    for number, line in enumerate(text.split("\n"), 1):
        header, written = _HEADER.match(line), _KEY.match(line)
        if header:
            name = re.sub(r"[\"']", "", header[2])
            tables = tables + 1 if header[1] == "[[" and inside.partition("[")[0] == name else 1
            inside = path = f"{name}[{tables}]" if header[1] == "[[" else name
        elif written:
            name = next(one for one in written.groups() if one is not None)
            path = f"{inside}.{name}" if inside else name
        else:
            continue
        if len(path) > len(found) and f"{key}.".startswith(f"{path}."):
            best, found = number, path
    return best
