"""Put lines together that a mail program broke: `format=flowed` (RFC 3676)."""

import re


def reflow(text: str, *, delsp: bool = False) -> str:
    """Join every line that ends in a space to the next of the same quotation depth; `-- ` stays by itself.

    Args:
        delsp: the space at a break is none of the text's own.
    """
    out: list[str] = []
    open_depth = -1
    for line in text.split("\n"):
        marks = re.match(r">*", line)
        depth = len(marks[0]) if marks else 0
        content = line[depth:].removeprefix(" ")
        delimiter = content.rstrip() == "--"
        soft = content.endswith(" ") and not delimiter
        kept = content[:-1] if soft and delsp else content
        if depth == open_depth and not delimiter:
            out.append(kept)
        else:
            out += ["\n", ">" * depth + (" " if depth else ""), kept]
        open_depth = depth if soft else -1
    return "".join(out[1:])
