"""Judge each message and request: nobody is suppressed on the word of a stranger."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from bulletin.bounces.known import Known, Person, rid_of
from bulletin.bounces.status import RECEIPTS, is_about, is_for_good, reason
from bulletin.bounces.wish import first_words, is_wish, speaks_of_leaving
from bulletin.mail.authentic import Proof
from bulletin.mail.report import Report
from bulletin.mail.returned import Kind, Returned

_REPLY = re.compile(r"^\s*((re|aw|sv|ateb)\s*:\s*)+", re.IGNORECASE)
_TOKEN = re.compile(r"\bunsubscribe\s+[a-z0-9-]{1,64}\s+([a-z2-7]{37})\s*$", re.IGNORECASE)
_SHOWN = 60


class Ruling(StrEnum):
    """What a message comes to.

    suppress: proven; unproven: about somebody we know, but anybody may have written it; soft: a copy did not
    arrive, which is counted; look: a person has to; already: suppressed before; nothing: no more to do.
    """

    SUPPRESS = "suppress"
    UNPROVEN = "unproven"
    SOFT = "soft"
    LOOK = "look"
    ALREADY = "already"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one message comes to: for whom (None: nobody we know), and why, as a clause.

    copy: what stands for the copy it is about, or "". checker: who checked who wrote it, and is not trusted;
    None where nobody would have had to.
    """

    ruling: Ruling
    why: str
    person: Person | None = None
    copy: str = ""
    checker: str | None = None


def judge_letter(returned: Returned | None, known: Known) -> Verdict:
    """Judge a message that came by mail."""
    if returned is None:
        return Verdict(Ruling.LOOK, "it cannot be read as a message")
    if returned.kind is Kind.REPORT:
        return _strongest([_report(one, returned, known) for one in returned.reports])
    token = _TOKEN.search(returned.subject)
    if returned.kind is Kind.AUTOMATIC and not (returned.generated and token):
        return Verdict(Ruling.NOTHING, "an automatic reply")
    if token:
        return _with_token(token, returned, known)
    return _letter(returned, known)


def _letter(returned: Returned, known: Known) -> Verdict:
    """Judge what a person wrote: only a wish to leave and nothing else is taken for one."""
    subject, words = _REPLY.sub("", returned.subject), first_words(returned.lines)
    answers = subject != returned.subject or not subject
    if is_wish(subject, known.title, known.lists) or (answers and is_wish(words, known.title, known.lists)):
        return _by_writer(returned, known)
    writer = returned.writer or "somebody"
    if any(one in known.leave for one in returned.to):
        asks = "asks for help" if subject.casefold() == "help" else "wrote to the address for leaving"
        return Verdict(Ruling.LOOK, f'{writer} {asks}: "{_short(subject or words)}"')
    if known.at(returned.writer) and (speaks_of_leaving(subject) or speaks_of_leaving(words)):
        return Verdict(Ruling.LOOK, f'{writer} may want to leave: "{_short(subject or words)}"')
    return Verdict(Ruling.NOTHING, "a letter that is not about leaving")


def judge_request(token: str, address: str, known: Known) -> Verdict:
    """Judge what somebody did on the leave page: with a token, or by typing an address."""
    if token:
        owner = known.owner(token)
        if owner is None and known.may_be_ours(token):
            why = f"left on the page with {token}, which nobody here has: were they on a list that is gone?"
            return Verdict(Ruling.LOOK, why)
        if owner is None:
            return Verdict(Ruling.NOTHING, "a token that no key of ours has made")
        return _leaving(owner, known, "left on the page")
    person = known.at(address)
    if person is None:
        return Verdict(Ruling.NOTHING, "an address typed on the page that is on no list")
    return _unless_gone(
        person, known, Ruling.UNPROVEN, "asked on the page, where anybody can type an address"
    )


def _report(report: Report, returned: Returned, known: Known) -> Verdict:
    """Judge what a report says of one recipient; only our own mark in the address it came to proves whose."""
    if report.action in RECEIPTS:
        return Verdict(Ruling.NOTHING, "a receipt")
    rid = known.copy_of(returned.to)
    person = known.addressee(rid)
    gone = is_for_good(report)
    if person is None:
        return (
            _unproven_report(report, returned, known)
            if gone
            else Verdict(Ruling.NOTHING, "a copy that waits")
        )
    if not gone:
        return replace(_unless_gone(person, known, Ruling.SOFT, _soft(report)), copy=rid)
    if not is_about(report, person.address):
        return _unless_gone(
            person, known, Ruling.UNPROVEN, f"it is about {report.final}, who may be one of several there"
        )
    return _unless_gone(person, known, Ruling.SUPPRESS, reason(report))


def _unproven_report(report: Report, returned: Returned, known: Known) -> Verdict:
    """Judge a report that came without our mark: a relay that drops it, a test copy, or a forgery."""
    if known.is_ours(returned.to):
        return Verdict(Ruling.NOTHING, "about a test copy, or an issue whose ledger is gone")
    keys = [known.copies[rid] for rid in map(rid_of, returned.ours) if rid in known.copies]
    person = known.people.get(keys[0]) if keys else known.at(report.final) or known.at(report.original)
    if person is None:
        return Verdict(Ruling.NOTHING, "a report about nobody we write to")
    return _unless_gone(
        person, known, Ruling.UNPROVEN, f"{reason(report)}, but nothing proves who reports it"
    )


def _soft(report: Report) -> str:
    status = f" ({report.status})" if report.status else ""
    return (
        f"put off{status}" if report.action == "delayed" else f"refused{status}, not because of the address"
    )


def _with_token(found: re.Match[str], returned: Returned, known: Known) -> Verdict:
    """Judge a token that came by mail: its owner may write from any address but another reader's."""
    owner, writer = known.owner(found[1]), known.at(returned.writer)
    if owner is None:
        return _by_writer(returned, known)
    if writer is not None and writer != owner:
        why = f"{writer.address} wrote with the token in this person's copy: was it passed on?"
        return _unless_gone(owner, known, Ruling.UNPROVEN, why)
    if returned.subject[: found.start()].strip():
        why = f'"{_short(returned.subject)}" is an answer to such a request, or passed on'
        return _unless_gone(owner, known, Ruling.UNPROVEN, why)
    return _leaving(owner, known, "asked to leave by e-mail")


def _by_writer(returned: Returned, known: Known) -> Verdict:
    """Judge a wish to leave by the address it was written from, which its domain has to vouch for."""
    person = known.at(returned.writer)
    if person is None:
        return Verdict(Ruling.LOOK, f"{returned.writer or 'somebody'} asks to leave, and is on no list")
    if returned.proof is Proof.GIVEN:
        return _leaving(person, known, "asked to leave by e-mail")
    if returned.proof is Proof.DENIED:
        return _unless_gone(person, known, Ruling.UNPROVEN, "asks to leave, but their domain did not send it")
    why = "asks to leave, but nothing proves who wrote it"
    return replace(_unless_gone(person, known, Ruling.UNPROVEN, why), checker=returned.checker)


def _short(words: str) -> str:
    """Give the beginning of what a stranger wrote, in one line."""
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]} ..."


def _leaving(person: Person, known: Known, why: str) -> Verdict:
    return _unless_gone(person, known, Ruling.SUPPRESS, why)


def _unless_gone(person: Person, known: Known, ruling: Ruling, why: str) -> Verdict:
    if person.key in known.suppressed:
        return Verdict(Ruling.ALREADY, "is suppressed already", person)
    return Verdict(ruling, why, person)


def _strongest(verdicts: list[Verdict]) -> Verdict:
    """Of what a report says of several recipients, give what matters most."""
    return min(verdicts, key=lambda one: list(Ruling).index(one.ruling))
