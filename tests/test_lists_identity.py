import subprocess
import sys

import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import given
from hypothesis import strategies as st

from bulletin.lists import identity, problem_with


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jo.Smith@Council.example", "jo.smith@council.EXAMPLE"),
        (" jo@council.example\n", "jo@council.example"),
        ("JOS\u00c9@parish.example", "jose\u0301@parish.example"),
        ("jo@b\u00fccher.example", "jo@XN--BCHER-KVA.example"),
        ("jo@B\u00dcCHER.example", "jo@bu\u0308cher.example"),
    ],
)
def test_two_ways_of_writing_an_address_are_one_person(one: str, other: str) -> None:
    assert identity(one) == identity(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("jo.smith@x.example", "josmith@x.example"),
        ("jo@x.example", "jo@y.example"),
        ("jo+a@x.example", "jo@x.example"),
    ],
)
def test_two_mailboxes_are_two_people(one: str, other: str) -> None:
    assert identity(one) != identity(other)


@given(st.text())
def test_any_words_have_an_identity_that_case_does_not_change(words: str) -> None:
    key = identity(words)
    assert identity(key) == key
    local, at, domain = words.rpartition("@")
    assert identity(local.upper() + at + domain.upper()) == identity(local + at + domain.upper())


@pytest.mark.parametrize(
    "address",
    ["jo@council.example", "jo@council.test", "jo@council.invalid", "o'neil@x.example", "jos\u00e9@x.example",
     "jo+news@x.example", "jo@b\u00fccher.example", "a!b#c@x.example"],
)  # fmt: skip
def test_what_is_an_address_has_no_problem(address: str) -> None:
    assert problem_with(address) == ""


@pytest.mark.parametrize(
    "address",
    ["", "jo", "jo@", "@x.example", "jo@council", "jo..smith@x.example", ".jo@x.example", "jo@x..example",
     "jo@-x.example", "jo smith@x.example", "jo@x.example\r\nBcc: al@x.example",
     "jo@x.example\x00",
     "jo@@x.example", "<jo@x.example>", "jo@x.example,",
     '"jo"@x.example', "jo@[192.0.2.1]", "j" * 65 + "@x.example",
     "jo@" + "x" * 64 + ".example", "jo@" + "x." * 130 + "example", "o\u2019neil@x.example"],
)  # fmt: skip
def test_what_is_no_address_has_a_problem_in_words(address: str) -> None:
    problem = problem_with(address)
    assert problem
    assert problem[0].islower()
    assert not problem.endswith(".")


@given(st.text("aZ9._'+-", max_size=8), st.text("aZ9.-", max_size=8))
def test_what_passes_is_an_address_for_the_library_too(local: str, domain: str) -> None:
    address = f"{local}@{domain}.example"
    try:
        validate_email(address, check_deliverability=False)
    except EmailNotValidError:
        assert problem_with(address)
    else:
        assert problem_with(address) == ""


def test_plain_addresses_are_judged_without_importing_the_library() -> None:
    code = (
        "import sys; from bulletin.lists import identity, problem_with; problem_with('jo@x.example');"
        "identity('Jo@x.example'); sys.exit('email_validator' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
