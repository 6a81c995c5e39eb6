"""Find the parts of a Word document by its relationships, whatever they are called."""

import posixpath
import re
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from bulletin.collect.readers.container import Container, PartError

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/"
RELATIONSHIP = OFFICE + "relationships/"
PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

_STRICT = {
    "http://purl.oclc.org/ooxml/wordprocessingml/main": W[1:-1],
    "http://purl.oclc.org/ooxml/officeDocument/relationships": R[1:-1],
    "http://purl.oclc.org/ooxml/officeDocument/math": OFFICE + "math",
    "http://purl.oclc.org/ooxml/drawingml/main": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": (
        "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    ),
}
_STRICT_TYPE = "http://purl.oclc.org/ooxml/officeDocument/relationships/"


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part points at; target: a part's name, or an address where it is external."""

    kind: str
    target: str
    external: bool


@dataclass(frozen=True, slots=True)
class Package:
    """A Word document's container and the name of its main part.

    kind: the main part's content type, "" where the container does not say.
    """

    container: Container
    main: str
    kind: str

    def part(self, kind: str) -> ET.Element | None:
        """Give the part of a kind (`styles`, `footnotes`), None where there is none that can be read."""
        return next(iter(self.parts(kind)), None)

    def parts(self, kind: str) -> list[ET.Element]:
        """Give every part of a kind that can be read."""
        found = []
        for relation in self.relations(self.main).values():
            if relation.kind == kind and not relation.external and relation.target in self.container:
                try:
                    found.append(read_part(self.container, relation.target))
                except PartError:
                    continue
        return found

    def damaged(self) -> list[str]:
        """Give the kinds of parts that the document has and that cannot be read."""
        kinds = {relation.kind for relation in self.relations(self.main).values() if not relation.external}
        wanted = ("footnotes", "endnotes", "comments", "numbering", "styles")
        return [kind for kind in wanted if kind in kinds and self.part(kind) is None]

    def name(self, kind: str) -> str:
        """Give the name of the part of a kind, "" where there is none."""
        for relation in self.relations(self.main).values():
            if relation.kind == kind and relation.target in self.container:
                return relation.target
        return ""

    def relations(self, part: str) -> dict[str, Relation]:
        """Give what a part points at, by relationship id."""
        return read_relations(self.container, part)


def find_package(container: Container) -> Package:
    """Find a container's main part; raise PartError where there is none.

    Its kind tells a document from a template, a document with macros, a workbook and a slide show.
    """
    relations = read_relations(container, "")
    targets = [relation.target for relation in relations.values() if relation.kind == "officeDocument"]
    main = next((name for name in (*targets, "word/document.xml") if name in container), "")
    if not main:
        raise PartError("it has no document inside")
    return Package(container, main, _content_type(container, main))


def read_part(container: Container, name: str) -> ET.Element:
    """Read a part's XML, the strict names of ISO 29500 turned into the usual ones."""
    root = container.xml(name)
    for element in root.iter():
        element.tag = _usual(element.tag)
        for key in [key for key in element.attrib if key.startswith("{http://purl")]:
            element.attrib[_usual(key)] = element.attrib.pop(key)
    return root


def read_relations(container: Container, part: str) -> dict[str, Relation]:
    """Give what a part points at, by relationship id; "" is the package itself; PartError if damaged."""
    folder, name = posixpath.split(part)
    source = posixpath.join(folder, "_rels", name + ".rels")
    if source not in container:
        return {}
    found = {}
    for element in container.xml(source).iter(PACKAGE + "Relationship"):
        kind = element.get("Type", "").replace(_STRICT_TYPE, RELATIONSHIP).removeprefix(RELATIONSHIP)
        external = element.get("TargetMode") == "External"
        target = element.get("Target", "")
        if not external:
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        found[element.get("Id", "")] = Relation(kind, target, external)
    return found


def _usual(name: str) -> str:
    space, brace, local = name[1:].rpartition("}")
    return f"{{{_STRICT.get(space, space)}}}{local}" if brace else name


def _content_type(container: Container, main: str) -> str:
    if "[Content_Types].xml" not in container:
        return ""
    try:
        root = container.xml("[Content_Types].xml")
    except PartError:
        return ""
    for element in root:
        if element.get("PartName", "").lstrip("/").lower() == main.lower():
            return element.get("ContentType", "")
    ending = main.rpartition(".")[2].lower()
    kinds = (element for element in root if re.fullmatch(ending, element.get("Extension", ""), re.IGNORECASE))
    return next((element.get("ContentType", "") for element in kinds), "")
