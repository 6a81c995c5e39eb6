"""A value says what a frozen dataclass says, though no code is compiled for it."""

import pickle

import pytest

from bulletin.model.value import Value


class Place(Value):
    name: str
    county: str = "Wrenshire"
    halls: tuple[str, ...] = ()


class Person(Value):
    name: str
    county: str = "Wrenshire"
    halls: tuple[str, ...] = ()


def test_fields_are_given_in_their_order_or_by_name() -> None:
    assert Place("Harrowell", halls=("Town Hall",)) == Place(
        name="Harrowell", county="Wrenshire", halls=("Town Hall",)
    )
    assert repr(Place("Harrowell")) == "Place(name='Harrowell', county='Wrenshire', halls=())"


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ((), {}),
        ((), {"county": "Wrenshire"}),
        (("Harrowell",), {"name": "Kingsbrook"}),
        (("Harrowell",), {"parish": "Upper Harrow"}),
        (("Harrowell", "Wrenshire", (), 4), {}),
        (("Harrowell", "Wrenshire", (), 4), {"county": "Wrenshire"}),
    ],
    ids=["nothing", "one missing", "one twice", "one unknown", "too many", "too many and twice"],
)
def test_what_does_not_fit_is_refused(values: tuple[object, ...], named: dict[str, object]) -> None:
    with pytest.raises(TypeError, match="Place is made of name, county, halls"):
        Place(*values, **named)


def test_nothing_of_it_can_be_changed() -> None:
    place = Place("Harrowell")
    with pytest.raises(AttributeError, match="Place is frozen"):
        place.name = "Kingsbrook"  # type: ignore[misc]
    with pytest.raises(AttributeError, match="Place is frozen"):
        del place.name
    assert place == Place("Harrowell")


def test_a_changed_copy_leaves_the_first_as_it_was() -> None:
    place = Place("Harrowell", halls=("Town Hall",))
    assert place._replace(name="Kingsbrook") == Place("Kingsbrook", halls=("Town Hall",))
    assert place.name == "Harrowell"
    with pytest.raises(TypeError):
        place._replace(parish="Upper Harrow")


def test_equal_fields_make_equal_values_of_one_kind() -> None:
    assert {Place("Harrowell"), Place("Harrowell", "Wrenshire")} == {Place("Harrowell")}
    assert Place("Harrowell") != Place("Kingsbrook")
    assert Place("Harrowell") != Person("Harrowell")
    assert Place("Harrowell") != ("Harrowell", "Wrenshire", ())


def test_it_comes_back_from_another_process_as_it_was() -> None:
    assert pickle.loads(pickle.dumps(Place("Harrowell"))) == Place("Harrowell")  # noqa: S301
