"""Nothing goes further than it may: the last look, when people are addressed and when a sign-off is used."""

from collections.abc import Iterable, Sequence

from bulletin.check.leaks import may_hold
from bulletin.errors import BulletinError
from bulletin.model.partnership import Reach
from bulletin.pipeline.job import Job
from bulletin.settings import FILE
from bulletin.settings.values import EditionSettings, Settings
from bulletin.workspace.editions import Built


def refuse_wider(settings: Settings, rule: EditionSettings, names: Sequence[str]) -> None:
    """Refuse to address a partners' edition to a list that reaches further; a list does unless it says not.

    Raises:
        BulletinError: it would, by name.
    """
    if rule.reach is not Reach.PARTNERS:
        return
    reaches = {one.name: one.reach for one in settings.lists}
    wide = [name for name in names if reaches.get(name, Reach.PUBLIC) is Reach.PUBLIC]
    if wide:
        raise BulletinError(
            f'{FILE}: the edition "{rule.name}" is for partners alone, and goes to the list "{wide[0]}", '
            "which reaches further",
            f'if all its people are partners, write reach = "partners" under [lists.{wide[0]}]; else take it '
            f"out of the lists of [editions.{rule.name}]",
        )


def refuse_leaks(job: Job, built: Iterable[Built]) -> None:
    """Refuse an edition that holds what may not travel so far any more, however it was approved.

    Raises:
        BulletinError: an item in it is now for partners alone, by name.
    """
    shares = {item.id: item.share for item in job.load().items}
    for one in built:
        for item in one.edition.items:
            if item in shares and not may_hold(shares[item], one.edition.reach):
                raise BulletinError(
                    f'the edition "{one.edition.name}" is for everybody, and holds "{item}", which is for '
                    "partners alone now",
                    "run: bulletin build, look at it, then approve again",
                )
