"""What the desk shows: one issue as it stands, or why it cannot be shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import quote

from bulletin.model.edition import Edition
from bulletin.model.finding import Finding, Severity


@dataclass(frozen=True, slots=True)
class Proof:
    """One edition to look at, or one partner's pack as a draft, and what the officer calls it.

    anchors: where in its HTML an item stands, by the item's id; an item that is not there has none.
    """

    heading: str
    edition: Edition
    anchors: Mapping[str, str] = field(default_factory=dict)
    pack: bool = False

    @property
    def address(self) -> str:
        """Where its parts are, relative to the desk's page."""
        return f"{'pack' if self.pack else 'edition'}/{quote(self.edition.name, safe='')}"


@dataclass(frozen=True, slots=True)
class Fault:
    """Why there is nothing to show, a mistake in the settings or a template: what is wrong, what to do."""

    detail: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """The issue as it stands at this moment.

    title: the bulletin's own name; issue: how the officer calls this one ("Issue 14").
    day: the date the editions count from, None where nothing could be composed.
    titles: what an item is called, by the path its findings have.
    held: the paths of items on hold, whose findings stop nothing.
    next_step: the command or the words that come next, or "".
    packs: partners' packs as drafts; packless: by name, why others cannot be shown.
    """

    title: str
    issue: str
    day: date | None = None
    proofs: tuple[Proof, ...] = ()
    findings: tuple[Finding, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    held: frozenset[str] = frozenset()
    next_step: str = ""
    fault: Fault | None = None
    packs: tuple[Proof, ...] = ()
    packless: Mapping[str, Fault] = field(default_factory=dict)

    @property
    def stops(self) -> int:
        """How many findings stop `build`: the errors nobody has waived, but those of held items."""
        return self.count(Severity.ERROR)

    def count(self, severity: Severity) -> int:
        """How many findings of one severity there are to act on."""
        return sum(finding.severity is severity for finding in self.pressing)

    @property
    def pressing(self) -> tuple[Finding, ...]:
        """The findings to act on: neither waived nor about an item on hold."""
        return tuple(one for one in self.findings if not one.waived and one.path not in self.held)

    def proof(self, name: str, *, pack: bool = False) -> Proof | None:
        """The proof of the edition, or the pack, with this name, or None."""
        among = self.packs if pack else self.proofs
        return next((proof for proof in among if proof.edition.name == name), None)
