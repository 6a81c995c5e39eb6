"""Our own clean HTML as a small tree, for whoever writes it as something else."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = ("br", "hr", "img")


@dataclass(slots=True)
class Node:
    """An element, or a run of text, whose tag is "" and whose words are in `text`."""

    tag: str
    text: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node"] = field(default_factory=list)

    @property
    def words(self) -> str:
        """All text in it."""
        return self.text + "".join(child.words for child in self.children)


def tree_of(html: str) -> list[Node]:
    """Give the nodes at the top of a fragment that `markdown.to_html` wrote."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.open[0].children


class _Reader(HTMLParser):
    """Build the tree; the sanitiser has closed every element."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Node("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        node = Node(tag, attributes={name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        """End the innermost element, if it is the one."""
        if len(self.open) > 1 and self.open[-1].tag == tag:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        """Add text."""
        self.open[-1].children.append(Node("", data))
