"""Look up what receivers will: SPF, DKIM and DMARC of our domains, and whether answers can come back."""

from collections.abc import Callable, Iterator
from ipaddress import ip_address

from bulletin.deliver.relays.relay import RelayAddress, is_loopback, is_rehearsal
from bulletin.mail.addresses import wire_domain
from bulletin.mail.dns import Names, NoAnswerError
from bulletin.mail.spf import NOBODY, Verdict, Walk, evaluate, spf_record
from bulletin.model.checkup import Checkup, State
from bulletin.pipeline.health.policy import policy_check
from bulletin.pipeline.health.signing import key_check
from bulletin.pipeline.job import Job
from bulletin.wording import one_line

_SENDERS = {"m365": "spf.protection.outlook.com", "ses": "amazonses.com"}


def name_checks(job: Job, relay: RelayAddress, names: Names) -> Iterator[Checkup]:
    """Look at the From domain and at that of the envelope, as a receiver would before it takes the mail."""
    sender, bounces = (
        wire_domain(one.rpartition("@")[2]).lower()
        for one in (job.settings.sender.address, job.settings.sender.envelope)
    )
    checks: tuple[Callable[[], Checkup], ...] = (
        lambda: _mail_servers(bounces, names),
        lambda: _spf(job, bounces, relay, names),
        lambda: key_check(job, sender, names),
        lambda: policy_check(job, sender, bounces, names),
    )
    for name, check in zip(("bounces", "SPF", "DKIM", "DMARC"), checks, strict=True):
        try:
            yield check()
        except NoAnswerError as fault:
            yield Checkup(name, State.LOOK, f"{fault.detail}.", fault.hint)


def _mail_servers(domain: str, names: Names) -> Checkup:
    servers = names.mail_servers(domain)
    hint = "ask whoever keeps the domain for an MX record, or set bounces in [sender] to a mailbox that works"
    if "." in servers:
        return Checkup(
            "bounces", State.BAD, f"{domain} says that it takes no mail, so no bounce comes back.", hint
        )
    if servers:
        return Checkup("bounces", State.OK, f"mail to {domain} goes to {one_line(servers[0])}.")
    if names.addresses(domain):
        return Checkup("bounces", State.LOOK, f"{domain} has no MX record; its own address is tried.", hint)
    return Checkup(
        "bounces", State.BAD, f"the DNS knows no mail server for {domain}: no bounce comes back.", hint
    )


def _spf(job: Job, domain: str, relay: RelayAddress, names: Names) -> Checkup:
    """Look at the SPF record of the envelope's domain, and whether it names the relay."""
    records = spf_record(domain, names)
    if not records:
        hint = f'ask whoever keeps the domain for a TXT record like "v=spf1 {_example(job)} ~all"'
        return Checkup("SPF", State.BAD, f"{domain}, where bounces go, has no SPF record.", hint)
    verdict, walk = evaluate(domain, NOBODY, names)
    if bad := _bad_spf(job, domain, verdict, walk):
        return bad
    found = f"{domain} has an SPF record ({walk.lookups} of 10 lookups)"
    usual = _SENDERS.get(job.settings.relay.profile)
    if usual:
        if usual in walk.names:
            return Checkup("SPF", State.OK, f"{found} that names {usual}.")
        hint = f"unless mail leaves through a gateway of your own, ask for include:{usual} in it"
        return Checkup("SPF", State.LOOK, f"{found} that does not name {usual}.", hint)
    return _spf_of_relay(found, domain, relay, names)


def _bad_spf(job: Job, domain: str, verdict: Verdict, walk: Walk) -> Checkup | None:
    """Say what is wrong with a record, whatever the relay is."""
    whose, ask = f"the SPF record of {domain}", "ask whoever keeps the domain to"
    if walk.problem:
        words, mend = f"{whose} counts for nothing: {one_line(walk.problem)}.", "mend it (RFC 7208)"
    elif verdict is Verdict.PASS:
        words, mend = f"{whose} lets everybody send in its name (+all).", 'end it with "~all" or "-all"'
    elif not (walk.grants or walk.unsure):
        words, mend = f"{whose} lets nobody send in its name.", f"let the relay send: {_example(job)} in it"
    else:
        return None
    return Checkup("SPF", State.BAD, words, f"{ask} {mend}")


def _spf_of_relay(found: str, domain: str, relay: RelayAddress, names: Names) -> Checkup:
    hint = "ask whoever runs the relay which address it sends from, and whether the record names it"
    if is_rehearsal(relay) or is_loopback(relay.host):
        return Checkup(
            "SPF", State.LOOK, f"{found}; from which address mail leaves cannot be seen here.", hint
        )
    verdicts = {evaluate(domain, ip_address(one), names)[0] for one in names.addresses(relay.host)}
    if Verdict.PASS in verdicts:
        return Checkup("SPF", State.OK, f"{found} that names {relay.host}.")
    return Checkup("SPF", State.LOOK, f"{found} that does not name {relay.host} itself.", hint)


def _example(job: Job) -> str:
    usual = _SENDERS.get(job.settings.relay.profile)
    return f"include:{usual}" if usual else "ip4:ADDRESS-OF-THE-RELAY"
