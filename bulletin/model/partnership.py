"""Who the partnership is and how its bulletin is ordered: bodies, sections, how far things may travel."""

from enum import StrEnum

from bulletin.model.value import Value


class Share(StrEnum):
    """How far an item may travel: anywhere, to partners alone, or to their editions only."""

    PUBLIC = "public"
    PARTNERS = "partners"
    NO = "no"


class Reach(StrEnum):
    """Whom an edition, a list or a pack reaches; the wider one is `public`."""

    PUBLIC = "public"
    PARTNERS = "partners"


class SectionKind(StrEnum):
    """How a section's items are ordered, shown and left out."""

    ITEMS = "items"
    CONSULTATIONS = "consultations"
    EVENTS = "events"


class Section(Value):
    """A titled run of items; words: those in a title or first lines that point to it."""

    id: str
    heading: str
    kind: SectionKind = SectionKind.ITEMS
    words: tuple[str, ...] = ()


class Role(StrEnum):
    """What a body is to the partnership."""

    CORE_GROUP = "core-group"
    LSP = "lsp"
    COUNTY = "county"
    DISTRICT_COUNCIL = "district-council"
    PARTNER = "partner"


class Body(Value):
    """A partnership body or an organisation that contributes.

    aliases: other names it goes by; domains: those its people write from.
    contact, email, deputy: whom to ask, and who stands in.
    section, area: where its contributions usually belong, by the section's id, or "".
    """

    id: str
    name: str
    role: Role = Role.PARTNER
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    contact: str = ""
    email: str = ""
    deputy: str = ""
    about: str = ""
    section: str = ""
    area: str = ""
