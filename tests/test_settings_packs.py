"""What [packs.NAME] may say, and what is refused."""

import pytest

from bulletin.colours import WHITE, contrast, palette
from bulletin.model.partnership import Reach
from bulletin.settings import MistakenFileError, read_settings
from bulletin.settings.values import PackSettings

HEAD = '[partnership]\nname = "P"\n[sender]\nname = "P"\naddress = "p@p.example"\n[packs.north]\n'


def read(text: str) -> tuple[PackSettings, ...]:
    return read_settings(HEAD + text).packs


def mistake(text: str) -> str:
    with pytest.raises(MistakenFileError) as caught:
        read(text)
    return "\n".join(f"{one.key}: {one.detail}; {one.hint}" for one in caught.value.mistakes)


def test_a_publisher_is_enough() -> None:
    assert read('publisher = "North"') == (PackSettings("north", "North"),)


def test_everything_is_read() -> None:
    text = (
        'publisher = "N"\ntitle = "T"\nlogo = "n.png"\nlogo_alt = "A bridge"\ncolour = "#7A1F4B"\n'
        'introduction = """One.\n\nTwo."""\nreach = "partners"\nsections = ["events"]\nareas = ["X"]\n'
        'audience = ["y"]\nitems = ["a"]\nwebsite = "https://n.example/"\ncontact = "Ann"\nstrapline = "S"\n'
    )
    assert read(text) == (
        PackSettings(
            "north", "N", "T", "S", "n.png", "A bridge", "#7a1f4b", "One.\n\nTwo.", "Ann", "https://n.example/",
            Reach.PARTNERS, ("events",), ("X",), ("y",), ("a",),
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "packs.north.publisher: it is missing"),
        (
            'publisher = "N"\ncolour = "#ffcc00"',
            'packs.north.colour: "#ffcc00" is too pale to be read on white',
        ),
        ('publisher = "N"\ncolour = "red"', '"red" is not a colour'),
        ('publisher = "N"\nlogo = "../secret.png"', '"../secret.png" is not the name of a picture'),
        ('publisher = "N"\nlogo = "logo.svg"', '"logo.svg" is not the name of a picture'),
        ('publisher = "N"\nsections = ["evnts"]', 'did you mean "events"?'),
        ('publisher = "N"\nreach = "all"', "packs.north.reach"),
        ('publisher = "N"\nintroduction = 3', "packs.north.introduction: 3 is not text"),
        ('publisher = "N"\nmasthead = "x"', "packs.north.masthead: there is no such setting"),
    ],
)
def test_a_mistake_is_named_with_what_is_allowed(text: str, said: str) -> None:
    assert said in mistake(text)


def test_the_colour_proposed_in_place_of_a_pale_one_is_taken() -> None:
    proposed = mistake('publisher = "N"\ncolour = "#ffcc00"').partition('such as colour = "')[2][:7]
    assert contrast(proposed, WHITE) >= 4.5
    assert read(f'publisher = "N"\ncolour = "{proposed}"')[0].colour == proposed


def test_a_colour_that_is_taken_can_be_read_in_the_dark_too() -> None:
    colours = palette(read('publisher = "N"\ncolour = "#7a1f4b"')[0].colour)
    assert contrast(colours.dark_link, colours.dark_tint) >= 4.5
    assert contrast(colours.band, WHITE) >= 4.5
