"""Look at DMARC: what the policy of the From domain asks, and whether SPF or DKIM can speak for it."""

from bulletin.mail.dmarc import Dmarc, find_dmarc
from bulletin.mail.dns import Names
from bulletin.mail.spf import NOBODY, Verdict, evaluate
from bulletin.model.checkup import Checkup, State
from bulletin.pipeline.health.signing import FIND_OUT, can_sign
from bulletin.pipeline.job import Job
from bulletin.wording import one_line

_GENTLER = {"none": "none", "quarantine": "none", "reject": "quarantine"}
_MEANS = {
    "none": "nothing is refused on its account.",
    "quarantine": "what neither SPF nor DKIM speaks for goes into the spam folder.",
    "reject": "what neither SPF nor DKIM speaks for is refused by everybody's server.",
}


def policy_check(job: Job, sender: str, bounces: str, names: Names) -> Checkup:
    """Look at the policy of the From domain, and whether SPF or DKIM can speak for it."""
    found = find_dmarc(sender, names)
    if found.problem:
        words = f"no DMARC policy counts for {sender}: {one_line(found.problem)}."
        return Checkup("DMARC", State.BAD, words, "ask whoever keeps the domain to mend it")
    if not found.place:
        hint = f'large providers want one: a TXT record at _dmarc.{sender}, at first "v=DMARC1; p=none"'
        return Checkup("DMARC", State.LOOK, f"{sender} has no DMARC record.", hint)
    words, silent = _means(found), _why_silent(found, sender, bounces, names)
    if not silent:
        same = "the same domain" if bounces == sender else "a domain of the same organisation"
        return Checkup(
            "DMARC", State.OK, f"{words} The envelope's {bounces} is {same}, so SPF can speak for {sender}."
        )
    words += f" The envelope's {bounces} {silent}, so SPF does not speak for {sender}, and only DKIM can."
    aligns = found.aligns(bounces, sender)
    mend = "have the SPF record mended" if aligns else f"set bounces in [sender] to an address of {sender}"
    hint = f"{mend}, or make sure of DKIM: {FIND_OUT}{sender}"
    if found.refuses and not can_sign(job, sender, names):
        words += " No sound key was found for DKIM: unless there is one elsewhere, every copy is refused."
        return Checkup("DMARC", State.BAD, words, hint)
    return Checkup("DMARC", State.LOOK, words, hint)


def _why_silent(found: Dmarc, sender: str, bounces: str, names: Names) -> str:
    """Say why SPF of the envelope's domain does not speak for the From domain, "" where it does."""
    if not found.aligns(bounces, sender):
        return f"is not {sender}{' (aspf=s: exactly)' if found.strict else ''}"
    verdict, walk = evaluate(bounces, NOBODY, names)
    if verdict is Verdict.NONE:
        return "has no SPF record"
    if verdict is Verdict.BROKEN:
        return "has an SPF record that counts for nothing"
    return "" if walk.grants or walk.unsure else "has an SPF record that lets nobody send"


def _means(found: Dmarc) -> str:
    """Say what a policy asks of receivers."""
    tags = [f"p={found.policy}"]
    tags += [f"pct={found.percent}"] if found.percent < 100 else []
    tags += ["t=y"] if found.testing else []
    says = f"{found.place} says {'; '.join(tags)}:"
    gentler = _MEANS[_GENTLER[found.policy]]
    if found.policy == "none" or (found.percent == 100 and not found.testing):
        return f"{says} {_MEANS[found.policy]}"
    if found.testing or not found.percent:
        return f"{says} a test, so {gentler}"
    return f"{says} of {found.percent} in 100 messages {_MEANS[found.policy]} Of the others {gentler}"
