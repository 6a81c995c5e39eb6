"""Each reader's own way out of the lists: the token that List-Unsubscribe alone carries."""

from collections.abc import Callable

from bulletin.bounces import token_of
from bulletin.mail.leaving import Leaving
from bulletin.model.delivery import Recipient
from bulletin.pipeline.job import Job
from bulletin.workspace.approval import read_key


def ways_out(job: Job) -> Callable[[Recipient], Leaving]:
    """Give what makes a reader's way out: a mail with their token, and one click where there is a page.

    Raises:
        BulletinError: there is no workspace.key.
    """
    secret, page = read_key(job.workspace.key), job.settings.site.leave

    def way_out(person: Recipient) -> Leaving:
        token = token_of(secret, person.list, person.key)
        return Leaving(f"unsubscribe {person.list} {token}", f"{page}/{token}" if page else "")

    return way_out
