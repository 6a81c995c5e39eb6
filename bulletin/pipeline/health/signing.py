"""Look at DKIM: whether there are keys that can be used, and what one click needs to be signed."""

from collections.abc import Iterator

from bulletin.mail.dkim import key_problem
from bulletin.mail.dmarc import read_tags
from bulletin.mail.dns import Names
from bulletin.model.checkup import Checkup, State
from bulletin.pipeline.job import Job
from bulletin.tokens import key_id
from bulletin.workspace.approval import read_keys

_SELECTORS = {
    "m365": ("selector1", "selector2"),
    "": ("selector1", "selector2", "default", "mail", "dkim", "s1", "s2", "k1", "google", "mimecast20190104"),
}
_UNGUESSED = frozenset({"ses"})
FIND_OUT = (
    "send a copy to a mailbox elsewhere (bulletin test ADDRESS) and look in its headers for dkim=pass with "
    "header.d="
)
"""What only a message shows; the domain follows."""


def key_check(job: Job, domain: str, names: Names) -> Checkup:
    """Look for keys where they usually are; whether the relay signs, only a signed message shows."""
    profile = job.settings.relay.profile
    keys = _keys(job, domain, names)
    sound = [one for one, problem in keys.items() if not problem]
    broken = [f"{one}._domainkey.{domain} {problem}" for one, problem in keys.items() if problem]
    hint = f"{FIND_OUT}{domain}"
    if sound:
        words = f"{domain} has a key for signing ({', '.join(sound)}); whether the relay signs, a copy shows."
        return Checkup("DKIM", State.OK, words, hint)
    if broken:
        words = f"the key {'; the key '.join(broken)}, so no signature made with it holds."
        return Checkup("DKIM", State.BAD, words, "ask whoever keeps the domain to put the key there again")
    selectors = _selectors(job)
    where = ", ".join(selectors[:2]) + (" and other usual names" if len(selectors) > 2 else "")
    words = f"{domain} has no key for signing under {where}; it may have one under another name."
    if profile == "m365":
        hint = f"in Microsoft 365 an administrator switches DKIM on for {domain}; then {hint}"
    return Checkup("DKIM", State.LOOK, words, hint)


def _selectors(job: Job) -> tuple[str, ...]:
    return _SELECTORS.get(job.settings.relay.profile, _SELECTORS[""])


def _keys(job: Job, domain: str, names: Names) -> dict[str, str]:
    """Give the selectors under which there is a key that is not withdrawn, and what is wrong with it."""
    found: dict[str, str] = {}
    for selector in _selectors(job):
        records = [one for one in names.texts(f"{selector}._domainkey.{domain}") if read_tags(one).get("p")]
        if records:
            problems = [key_problem(one) for one in records]
            found[selector] = "" if "" in problems else problems[0]
    return found


def can_sign(job: Job, domain: str, names: Names) -> bool:
    """Whether a sound key was found, or none could be: some relays' keys have names that nobody can guess."""
    return job.settings.relay.profile in _UNGUESSED or "" in _keys(job, domain, names).values()


def click_checks(job: Job) -> Iterator[Checkup]:
    """Say what one click depends on and nobody can look up: what is signed, and the page's environment."""
    if job.settings.site.leave:
        ids = " ".join(dict.fromkeys(key_id(key) for key in read_keys(job.workspace.key)))
        yield Checkup(
            "one click",
            State.LOOK,
            "mail programs show their button only where the DKIM signature covers List-Unsubscribe and"
            f' List-Unsubscribe-Post (RFC 8058); the leave page may be given BULLETIN_LEAVE_KEYS="{ids}".',
            "look at a copy elsewhere (bulletin test ADDRESS): both stand at h= in its DKIM-Signature",
        )
