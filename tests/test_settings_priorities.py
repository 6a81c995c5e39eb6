"""What the bulletin is to do for the partnership is data; a mistake in it is told with what is allowed."""

from pathlib import Path

import pytest

from bulletin.settings import MistakenFileError, read_settings
from bulletin.settings.values import Priority

ROOT = Path(__file__).resolve().parent.parent
START = """[partnership]
name = "Avon Partnership"
[sender]
name = "Avon Partnership"
address = "communicate@avon.example"
[bodies.police]
name = "Police"
"""


def mistakes(text: str) -> str:
    with pytest.raises(MistakenFileError) as fault:
        read_settings(START + text)
    return fault.value.detail


def test_they_are_read_in_their_order() -> None:
    text = '[priorities.b]\nname = "B"\nbodies = ["police"]\nwords = ["tea"]\n[priorities.a]\nname = "A"\n'

    found = read_settings(START + text).priorities
    assert found == (Priority("b", "B", bodies=("police",), words=("tea",)), Priority("a", "A"))


def test_without_any_there_are_none() -> None:
    assert read_settings(START).priorities == ()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('sections = ["sucesses"]', 'there is no section "sucesses"'),
        ('sections = ["sucesses"]', 'did you mean "successes"?'),
        ('bodies = ["polis"]', 'there is no body "polis"'),
        ('bodies = ["polis"]', 'did you mean "police"? Known bodies: police'),
        ('words = "tea"', "is not a list of texts"),
        ("weight = 3", "there is no such setting"),
    ],
)
def test_a_mistake_is_told_with_what_is_allowed(line: str, said: str) -> None:
    assert said in mistakes(f'[priorities.a]\nname = "A"\n{line}\n')


def test_a_summary_cannot_land_in_a_section_that_is_not_there() -> None:
    assert 'there is no section "summaries"' in mistakes('[calendar]\nsummaries_in = ["summaries"]\n')


def test_where_contributions_go_is_an_address() -> None:
    text = START.replace("[bodies", 'contributions = "send it to Jo"\n[bodies')

    with pytest.raises(MistakenFileError, match="is not an e-mail address"):
        read_settings(text)


@pytest.mark.parametrize("path", ["bulletin.toml", "bulletin/pipeline/started/bulletin.toml"])
def test_the_seven_are_there_to_begin_with(path: str) -> None:
    found = read_settings((ROOT / path).read_text("utf-8")).priorities

    assert len(found) == 7
    assert all(one.sections or one.bodies or one.areas or one.audience or one.words for one in found)
