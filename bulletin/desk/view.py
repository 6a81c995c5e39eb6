"""What the desk shows: one issue as it stands, or why it cannot be shown."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import quote

from bulletin.model.edition import Edition
from bulletin.model.finding import Finding, Severity


@dataclass(frozen=True, slots=True)
class Proof:
    """One edition to look at, or one partner's pack, and what the officer calls it.

    anchors: where in its HTML an item stands, by the item's id; an item that is not there has none.
    files: what a pack can be saved as, by name; draft: whether it may not be passed on yet.
    """

    heading: str
    edition: Edition
    anchors: Mapping[str, str] = field(default_factory=dict)
    pack: bool = False
    files: Mapping[str, bytes] = field(default_factory=dict)
    draft: bool = False

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
    packs: partners' packs by name, each composed, or why it cannot be, only when it is looked at.
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
    packs: Mapping[str, Callable[[], Proof | Fault]] = field(default_factory=dict)

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

    def proof(self, name: str) -> Proof | None:
        """The proof of the edition with this name, or None."""
        return next((proof for proof in self.proofs if proof.edition.name == name), None)

    def pack(self, name: str) -> Proof | Fault | None:
        """The pack with this name, composed by now, or why it cannot be; None where there is none."""
        return self.packs[name]() if name in self.packs else None
