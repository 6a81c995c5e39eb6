"""Texts that are slow to read for whoever reads them carelessly: a name and, for a size, the text."""

from collections.abc import Callable, Mapping

Make = Callable[[int], str]


def again(unit: str, before: str = "", after: str = "") -> Make:
    """Repeat something until the size is reached."""
    return lambda size: before + unit * (size // len(unit)) + after


TEXTS: Mapping[str, Make] = {
    "brackets": again("["),
    "pictures": again("!["),
    "bracket-and-parenthesis": again("]("),
    "half-links": again("[a](<"),
    "links": again("[a](b) "),
    "nested-brackets": lambda size: "[" * (size // 2) + "]" * (size // 2),
    "definitions": lambda size: "".join(f"[a{n}]: b\n" for n in range(size // 9)),
    "angles": again("<"),
    "comments": again("<!--"),
    "entities": again("&#x202e;"),
    "ampersands": again("&"),
    "emphasis": again("*a "),
    "mixed-emphasis": again("*a**b***c_d"),
    "underscores": again("a_"),
    "backticks": lambda size: " ".join("`" * n for n in range(1, int((2 * size) ** 0.5))),
    "wide-table": lambda size: f"|{'a|' * (size // 6)}\n|{'-|' * (size // 6)}\n|{'b|' * (size // 6)}",
    "ragged-table": lambda size: f"|{'a|' * (size // 6)}\n|{'-|' * (size // 6)}\n" + "|\n" * (size // 6),
    "rows": again("|1|2|\n", "|a|b|\n|-|-|\n"),
    "quotes": again(">"),
    "quoted-lines": again("> a\n"),
    "list": again("- a\n"),
    "nested-list": lambda size: "".join(f"{'  ' * n}- a\n" for n in range(int(size**0.5))),
    "lists-in-a-line": again("- "),
    "empty-headings": again("#\n"),
    "digits": again("1"),
    "numbers": again("1."),
    "spaces": again(" ", "a", "b"),
    "newlines": again("\n", "a", "b"),
    "spaces-and-newlines": again(" \n", "a", "b"),
    "at-signs": again("a@"),
    "one-long-name": again("a", "", "@"),
    "www": again("www."),
    "schemes": again("https://"),
    "addresses-run-together": again("http://a"),
    "hosts-that-are-none": again("http://a]/"),
    "half-schemes": again("://"),
    "closing-brackets": again(")", "http://a"),
    "full-stops": again(".", "http://a"),
    "international-hosts": again("é.", "https://", "example"),
    "parentheses": again("(AB) "),
    "marks-of-sentences": again('a.")'),
    "shouting": again("HELLO "),
    "weekdays": again("Thursday 4 December 2026, "),
    "labels": again("Title: a\n"),
    "accents": again("\u0301", "e"),
    "reversals": again("\u202e"),
    "families": again("\U0001f468\u200d\U0001f469\u200d\U0001f467 "),
    "word": again("a"),
    "short-lines": again("a\n"),
    "quotation-marks": again('"'),
    "rows-of-addresses": again("a,a@b.example\n", "name,email\n"),
    "one-cell-of-addresses": again("a@b.example;", 'email\n"', '"'),
}
