"""`bulletin lists` and what it does with them."""

import click

from bulletin.cli.app import YES, App, given
from bulletin.cli.sending import reading
from bulletin.wording import one_line


@click.group(
    invoke_without_command=True,
    epilog="""\b
Examples:
  bulletin lists                                     who is on them, and how far they reach
  bulletin lists check                               what is wrong, and what has changed
  bulletin lists add clerks new-clerks.csv
  bulletin lists suppress jo@council.example --reason "asked by telephone"
  bulletin lists allow jo@council.example            who had left wants it again
  bulletin lists export jo@council.example           all that is held about somebody
  bulletin lists forget jo@council.example           erase it
  bulletin lists purge --older-than 2y               take readers out of old issues' records""",
)
@click.pass_context
def command(ctx: click.Context) -> None:
    """See, check and change who is on the mailing lists.

    Alone, it shows the lists with how many people are on them, how far they reach and their domains.
    """
    if ctx.invoked_subcommand is not None:
        return
    from bulletin.cli.list_words import standing_json, standing_lines
    from bulletin.pipeline.lists import standing

    app: App = ctx.obj
    with reading(app) as tell:
        found = standing(app.house(), tell)
    app.result("\n".join(standing_lines(found)), standing_json(found))


@command.command()
@click.pass_context
def check(ctx: click.Context) -> None:
    """Read every list whole: what is wrong in which line, and what has changed since the last time.

    Addresses that look mistyped are pointed out and never changed. What is kept for the next comparison are
    marks from which no address can be read.
    """
    from bulletin.cli.list_words import check_lines, standing_json
    from bulletin.pipeline.lists import check_lists
    from bulletin.report.findings import findings_json

    app: App = ctx.obj
    with reading(app) as tell:
        found = check_lists(app.house(), tell)
    app.result("\n".join(check_lines(found)), standing_json(found) | findings_json(found.findings))
    ctx.exit(1 if found.stopping else 0)


@command.command()
@click.argument("name", metavar="LIST")
@click.argument("source", metavar="FILE|ADDRESS")
@click.option("--name", "person", metavar="NAME", default="", callback=given, help="The name of one person.")
@click.option("--new", is_flag=True, help="Begin a list that is not there yet.")
@YES
@click.pass_context
def add(  # noqa: PLR0913 -- one parameter an option
    ctx: click.Context, name: str, source: str, *, person: str, new: bool, yes: bool
) -> None:
    """Add the people of a CSV file, or one address, to LIST.

    It shows whom it would add and asks. Whoever is on it keeps what it says of them; whoever has left never
    comes back. The file keeps its separators and its encoding, and the one of before is kept in
    mailing_lists/earlier/.
    """
    from bulletin.cli.list_words import addition_json, addition_lines
    from bulletin.pipeline.joining import add as do
    from bulletin.pipeline.joining import plan_addition, read_offer
    from bulletin.wording import plural

    app: App = ctx.obj
    job, offered = app.house(), read_offer(source, person)
    planned = plan_addition(job, name, offered, new=new)
    count = len(planned.intake.added)
    lines = list(addition_lines(planned))
    if not count:
        app.result("\n".join([*lines, "Nobody is to be added."]), addition_json(planned, changed=False))
        return
    for line in lines:
        app.say(line)
    people = plural(count, "person", "people")
    agreed = app.agrees(f"Add {people} to {name}?", yes=yes)
    if agreed:
        do(job, planned, offered)
    text = f"{people} added to {name}." if agreed else "Nothing was changed. To add them: the same with --yes"
    app.result(text, addition_json(planned, changed=agreed))
    ctx.exit(0 if agreed else 1)


@command.command()
@click.argument("address")
@click.option("--reason", metavar="WORDS", default="", callback=given, help="Why, for the record.")
@click.pass_obj
def suppress(app: App, address: str, reason: str) -> None:
    """Write to ADDRESS no more; it may stay on the lists.

    To take it back: bulletin lists allow ADDRESS.
    """
    from bulletin.pipeline.held import being_sent
    from bulletin.pipeline.joining import sound_address, whereabouts
    from bulletin.pipeline.joining import suppress as do
    from bulletin.wording import listed

    job, address = app.house(), sound_address(address)
    lists, like = whereabouts(job, address)
    new = do(job, address, reason or "asked to leave")
    lines = [f"{address} is not written to any more." if new else f"{address} was suppressed already."]
    if not lists:
        lines.append(
            "It is on none of the lists. See how it is spelt: a slip, and they are still written to."
        )
    lines += [f"  on them is: {one_line(one)}" for one in like]
    running = being_sent(job)
    if running:
        lines.append(
            f"Issue {listed(running)} is being sent at this moment: they may still get that copy. To keep "
            "it from them, stop the send with Ctrl-C and run it again."
        )
    found = {"address": address, "changed": new, "lists": list(lists), "like": list(like)}
    app.result("\n".join(lines), {**found, "being_sent": list(running)})


@command.command()
@click.argument("address")
@click.pass_obj
def allow(app: App, address: str) -> None:
    """Write to ADDRESS again: somebody who had left wants the bulletin, and has said so.

    It takes them out of mailing_lists/suppressed.csv, also after they were forgotten. They get a copy if
    they are on a list.
    """
    from bulletin.pipeline.joining import sound_address
    from bulletin.pipeline.returning import allow as do

    address = sound_address(address)
    do(app.house(), address)
    text = f"{address} may be written to again, once they are on a list and the issue is approved anew."
    app.result(text, {"address": address, "changed": True})


@command.command()
@click.pass_obj
def restore(app: App) -> None:
    """Put back who has left and is in mailing_lists/suppressed.csv no more, where no backup has it.

    Everybody who leaves is known by a mark in mailing_lists/left.json, from which no address can be read. The
    marks of those the file lacks are put into it, and keep them off every list.
    """
    from bulletin.pipeline.returning import restore as do
    from bulletin.wording import plural

    count = do(app.house())
    who = plural(count, "person who left is", "people who left are")
    text = f"{who} kept off the lists again, by their marks." if count else "Nobody who left was missing."
    app.result(text, {"restored": count})


@command.command()
@click.argument("address")
@click.pass_obj
def export(app: App, address: str) -> None:
    """Show all that is held about ADDRESS: lists, suppression, and what became of each issue's copy.

    For somebody who asks what you hold about them; --json before `lists` gives it to programs.
    """
    from bulletin.cli.list_words import held_json, held_lines
    from bulletin.pipeline.held import held
    from bulletin.pipeline.joining import sound_address

    found = held(app.house(), sound_address(address))
    app.result("\n".join(held_lines(found)), held_json(found))


@command.command()
@click.argument("address")
@YES
@click.pass_context
def forget(ctx: click.Context, address: str, *, yes: bool) -> None:
    """Erase ADDRESS from the lists and the ledgers, for good.

    A mark stays in suppressed.csv, from which no address can be read and which keeps the address off every
    list, also when one is renewed. What contributors wrote is yours to look at: it is named.
    """
    from bulletin.cli.list_words import held_json, held_lines
    from bulletin.pipeline.forget import forget as do
    from bulletin.pipeline.held import held
    from bulletin.pipeline.joining import sound_address

    app: App = ctx.obj
    job, address = app.house(), sound_address(address)
    found = held(job, address)
    for line in held_lines(found):
        app.say(line)
    agreed = app.agrees(f"Erase {address} for good?", yes=yes)
    if not agreed:
        app.result(
            "Nothing was changed. To erase it: the same with --yes", {"changed": False} | held_json(found)
        )
        ctx.exit(1)
    left = do(job, found)
    lines = [f"{address} is erased; a mark keeps it off the lists."]
    if left.mentions:
        lines += ["Still named, for you to look at:", *(f"  {name}" for name in left.mentions)]
    app.result("\n".join(lines), {"changed": True} | held_json(left))


@command.command()
@click.option("--older-than", "period", metavar="PERIOD", required=True, help="Like 2y, 18m or 90d.")
@YES
@click.pass_context
def purge(ctx: click.Context, period: str, *, yes: bool) -> None:
    """Take readers out of the records of issues older than PERIOD, counted from their meetings.

    How many got a copy stays; names, addresses and the relay's replies go, and so do rehearsals and test
    copies. The issues themselves and their archive pages stay as they are.
    """
    from bulletin.cli.list_words import purge_json, purge_lines
    from bulletin.pipeline.forget import old_issues
    from bulletin.pipeline.forget import purge as do
    from bulletin.wording import plural

    app: App = ctx.obj
    job = app.house()
    old = old_issues(job, period)
    if not old:
        app.result(
            f"No issue older than {period} holds anything about readers.", purge_json(old, changed=False)
        )
        return
    for line in purge_lines(old):
        app.say(line)
    agreed = app.agrees(f"Purge {plural(len(old), 'issue')}?", yes=yes)
    if agreed:
        do(job, old)
    done = f"Readers are out of the records of {plural(len(old), 'issue')}."
    text = done if agreed else "Nothing was changed. To purge them: the same with --yes"
    app.result(text, purge_json(old, changed=agreed))
    ctx.exit(0 if agreed else 1)
