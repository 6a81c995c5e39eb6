"""A wish to leave is told from a letter that only speaks of it."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.bounces.wish import first_words, is_wish, speaks_of_leaving

SOME = ["please", "i", "would", "like", "to", "unsubscribe", "me", "from", "the", "mailing", "list", "off"]
TITLE, LISTS = "Avon's News", ("core-group", "clerks")
WISHES = """\
unsubscribe
Unsubscribe.
UNSUBSCRIBE!!!
Unsubscribe me please
Please unsubscribe me from this mailing list, thank you
Please could you unsubscribe me from Avon's News
unsubscribe core-group
Leave Avon\u2019s News
leave the list
leave
Stop
Please stop sending me these emails
Stop emailing me
remove me
Please remove me from your distribution list
please remove my name from the mailing list
Please can you take me off the list?
Take me off, please
take my e-mail address off your list - many thanks
I would like to be removed from the mailing list
I'd like to unsubscribe
I no longer wish to receive these emails
Opt out
No more emails please
Cancel my subscription
Hi Jo, please take me off the mailing list. Thanks
Good morning, please unsubscribe me
Dad-danysgrifio
Dad-danysgrifiwch fi os gwelwch yn dda
Tynnwch fi oddi ar y rhestr
Tynnwch fy enw oddi ar eich rhestr bostio, diolch
Gadael
""".splitlines()
NONE = """\
help
When is the next bulletin?
Please remove the item about the bus
Unsubscribe figures for October
Please do not remove me from the list
Don't unsubscribe me
Do not take me off the list
I will not leave this list
Leave of absence
I am on annual leave until Monday
Abwesenheitsnotiz
Stop the cuts
Stop press
Remove the old logo please
please remove Sam from the list
Take me off the agenda
unsubscribe clerk
Leave Avon
Re: unsubscribe
Why should anybody unsubscribe
The link to unsubscribe does not work

""".splitlines()


@pytest.mark.parametrize("line", WISHES)
def test_a_wish_in_the_forms_people_write(line: str) -> None:
    assert is_wish(line, TITLE, LISTS)


@pytest.mark.parametrize("line", NONE)
def test_what_is_about_something_else_or_says_the_opposite(line: str) -> None:
    assert not is_wish(line, TITLE, LISTS)


def test_what_speaks_of_leaving_is_worth_a_look() -> None:
    spoken = [line for line in NONE if speaks_of_leaving(line)]
    assert "Unsubscribe figures for October" in spoken
    assert "Please do not remove me from the list" in spoken
    assert "Stop press" not in spoken


def test_a_greeting_is_not_the_first_that_is_said() -> None:
    assert first_words(("Dear Jo Field,", "Hello", "please take me off")) == "please take me off"
    assert first_words(("Hi",)) == first_words(()) == ""


@given(st.lists(st.sampled_from(SOME)))
def test_any_heap_of_such_words_is_judged_at_once(words: list[str]) -> None:
    began = time.perf_counter()
    is_wish(" ".join(words * 9), TITLE, LISTS)
    assert time.perf_counter() - began < 0.5
