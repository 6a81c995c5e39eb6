"""Fill in what a contributor left out, each time with the reason."""

from bulletin.collect.marking import embargo_of
from bulletin.collect.organisation import organisation_of
from bulletin.collect.placing import area_of, audience_of, section_of
from bulletin.collect.reading import Draft
from bulletin.collect.title import title_of
from bulletin.settings.values import Settings


def infer(draft: Draft, path: str, settings: Settings) -> Draft:
    """Give the draft with embargo, title, From, section, area and audience worked out where they can be.

    The order matters: the organisation and the section are looked for in the title too, and an organisation
    may have a section and an area of its own.

    Args:
        path: the contributed file, relative to the drop folder.
    """
    draft = title_of(embargo_of(draft), path)
    draft = organisation_of(draft, path, settings.bodies)
    draft = section_of(draft, path, settings)
    return audience_of(area_of(draft, settings), settings)
