"""Settings that say how collecting decides: what is read, and the mistakes people make with it."""

import pytest

from bulletin.settings import MistakenFileError, read_settings

WHO = '[partnership]\nname = "Avon"\n[sender]\nname = "Avon"\naddress = "a@avon.example"\n'


def test_words_areas_and_audiences_are_read_in_their_order() -> None:
    settings = read_settings(
        f'{WHO}[sections.news]\nheading = "News"\nwords = ["report"]\n[areas]\nNorth = ["Kingsbrook"]\n'
        '[audiences]\n"parish councils" = ["clerk"]\n[collect]\ndefault_section = "news"\n'
    )

    assert settings.sections[0].words == ("report",)
    assert (settings.areas, settings.audiences) == (
        {"North": ("Kingsbrook",)},
        {"parish councils": ("clerk",)},
    )
    assert settings.collect.default_section == "news"


def test_without_them_nothing_is_guessed() -> None:
    settings = read_settings(WHO)

    assert (settings.areas, settings.audiences, settings.collect.default_section) == ({}, {}, "")
    assert not any(section.words for section in settings.sections)


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ('[collect]\ndefault_section = "evnts"', 'did you mean "events"?'),
        ('[collect]\ndefault = "events"', "there is no such setting"),
        ('[bodies.a]\nname = "A"\nsection = "evnts"', 'did you mean "events"?'),
        ('[areas]\nNorth = "Kingsbrook"', "is not a list of texts"),
        ('[sections.news]\nheading = "News"\nwords = "report"', "is not a list of texts"),
    ],
)
def test_a_mistake_is_named_with_what_to_write(table: str, says: str) -> None:
    with pytest.raises(MistakenFileError) as fault:
        read_settings(f"{WHO}{table}\n")
    assert says in fault.value.detail
