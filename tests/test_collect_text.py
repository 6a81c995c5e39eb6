"""Plain text and Markdown of partners, and what is worked out where they left something out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin.collect.deciding.infer import infer
from bulletin.collect.readers.text import read_markdown, read_plain
from bulletin.collect.reading import Draft
from bulletin.collect.words.plain import plain_to_markdown
from bulletin.markdown import links, plain
from bulletin.model.contribution import FileOutcome
from bulletin.model.partnership import Body
from bulletin.settings.values import Partnership, Sender, Settings

BODIES = (Body("kingsbrook", "Kingsbrook Area Partnership", aliases=("Kingsbrook", "Caf\u00e9 K")),)
SETTINGS = Settings(Partnership("Avonbridge"), Sender("A", "a@avonbridge.example"), BODIES)
FROM_NAME = '"Library" from the file\'s name'
LONG = "This line is of the length at which programs break lines by themselves and"


def inferred(text: str, path: str = "library.md", **labels: str) -> Draft:
    return infer(Draft(labels, text), path, SETTINGS)


def read(data: bytes) -> Draft:
    (draft,) = read_plain("a.txt", data).drafts
    return draft


@pytest.mark.parametrize("mark", ["\u00b7", "\u2022", "\u25aa", "o", "-", "*", "\u2013", "\uf0b7", "\u25cb"])
def test_every_bullet_of_word_makes_a_list(mark: str) -> None:
    text = f"Please bring:\n{mark}\ta coat\n{mark}  a torch\nSee you there"

    assert plain_to_markdown(text) == "Please bring:\n\n- a coat\n- a torch\n\nSee you there"


def test_numbers_make_a_list_and_long_lines_go_on() -> None:
    text = f"1. One\n2) Two\n3. {LONG}\ngo on here\n\n12. December"

    assert plain_to_markdown(text) == f"1. One\n2) Two\n3. {LONG}\n   go on here\n\n12\\. December"


def test_a_broken_line_is_joined_and_a_short_one_ends_where_it_did() -> None:
    text = f"{LONG}\n- so it goes on\n\nThe Village Hall\nHigh Street\nKingsbrook"

    assert (
        plain_to_markdown(text)
        == f"{LONG}\n\\- so it goes on\n\nThe Village Hall  \nHigh Street  \nKingsbrook"
    )


@pytest.mark.parametrize(
    "line",
    ["*stars*", "_lines_", "# hash", "<b>tag</b>", "a | b", "1.5 metres", "===", "> quote", "`tick`",
    "[x](y)", "~~~",
     "&copy;", "\\*", "-- ", "+44 1632 960001", "5 * 3", "a_b_c", "-x", "\u00a35", "####", "    code",
     "\tcode"],
)  # fmt: skip
def test_marks_of_plain_text_stay_as_they_look(line: str) -> None:
    assert plain(plain_to_markdown(f"Before.\n\n{line}\n\nAfter.")) == f"Before.\n{line.strip()}\nAfter."


@pytest.mark.parametrize(
    "url",
    [
        "https://x.example/a__b__c",
        "https://x.example/a_b*c*",
        "https://x.example/(a)",
        "https://x.example/?a=1&b=~2",
    ],
)
def test_an_address_comes_through_whole(url: str) -> None:
    markdown = plain_to_markdown(f"See ({url}), or {url}.")

    assert [link.url for link in links(markdown)] == [url.rstrip("*"), url.rstrip("*")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_usual_encoding_and_line_end_is_read(encoding: str, end: str) -> None:
    words = f"Title: Caf\u00e9 \u2013 \u201copen\u201d{end}{end}It\u2019s \u00a35."
    draft = read(words.encode(encoding))

    assert (draft.labels["title"], draft.text) == ("Caf\u00e9 \u2013 \u201copen\u201d", "It\u2019s \u00a35.")


def test_what_was_done_to_the_characters_is_said() -> None:
    assert read_plain("a.txt", b"caf\xe9").why == "read as Windows-1252"
    assert "zero-width" in read_plain("a.txt", "a\u200bb".encode()).why


def test_a_text_that_is_none_is_not_read() -> None:
    assert read_plain("a.txt", b"a\0b").outcome is FileOutcome.NOT_READ


def test_markdown_is_left_as_it_was_written() -> None:
    text = "# News\n\n*It* is <b>here</b> | there\n\n1. one"
    (draft,) = read_markdown("a.md", text.encode()).drafts

    assert draft.text == text


def test_a_summary_in_plain_words_is_no_markdown() -> None:
    assert plain(read(b"Title: a\nSummary: *5* _x_ <b>\n\nText").labels["summary"]) == "*5* _x_ <b>"
    assert read(b"Title: a\nSummary: 5% of 3 - 2\n\nText").labels["summary"] == "5% of 3 - 2"


@pytest.mark.parametrize(
    ("text", "title", "rest", "reason"),
    [
        ("# News *now* #\n\nWords", "News now", "Words", "from its heading"),
        ("### A & B: [here](https://x.example)\nWords", "A & B: here", "Words", "from its heading"),
        ("News\n====\n\nWords", "News", "Words", "from its heading"),
        ("**News:**\n\nWords", "News", "Words", "from its first bold line"),
        ("**News**  \nWords", "News", "Words", "from its first bold line"),
        ("News from us\n\nWords", "News from us", "Words", "from its first short line"),
        ("\\# 5 \\* 3 &amp; Caf\u00e9\n\nWords", "# 5 * 3 & Caf\u00e9", "Words", "from its first short line"),
        ("A sentence ends.\n\nWords", "Library", "A sentence ends.\n\nWords", FROM_NAME),
        ("One line\nand the next", "Library", "One line\nand the next", FROM_NAME),
        ("- a list\n\nWords", "Library", "- a list\n\nWords", FROM_NAME),
        ("1. a list\n\nWords", "Library", "1. a list\n\nWords", FROM_NAME),
        (" ".join(["word"] * 15), "Library", " ".join(["word"] * 15), FROM_NAME),
        ("x" * 100_000, "Library", "x" * 100_000, FROM_NAME),
        ("#\n\nWords", "Library", "#\n\nWords", FROM_NAME),
        ("", "Library", "", FROM_NAME),
    ],
    ids=lambda value: value[:20],
)  # fmt: skip
def test_a_title_is_worked_out_with_its_reason(text: str, title: str, rest: str, reason: str) -> None:
    draft = inferred(text)

    assert (draft.labels["title"], draft.text, draft.inferred) == (title, rest, (f"title {reason}",))


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Droitwich update FINAL v3 (2).docx", "Droitwich update"),
        ("new_bus_route.txt", "New bus route"),
        ("Copy of news - final.txt", "News"),
        ("a/b/Final whistle.txt", "Final whistle"),
    ],
)
def test_a_file_s_name_is_tidied_into_a_title(name: str, title: str) -> None:
    assert inferred("", name).labels["title"] == title


@pytest.mark.parametrize(
    "name",
    ["New Text Document (2).txt", "Document1.docx", "IMG_1234.txt", "untitled.md", "scan0001.txt", "e.txt",
     "no title.txt", "draft.txt", "2026-11-12.txt", "Microsoft Word - Document3.md", "WhatsApp Image.txt"],
)  # fmt: skip
def test_a_file_s_name_that_says_nothing_is_no_title(name: str) -> None:
    assert "title" not in inferred("", name).labels


def test_a_closing_date_means_consultations_and_a_date_events() -> None:
    assert inferred("", closes="8 January", when="4 December").labels["section"] == "consultations"
    assert inferred("", when="4 December").labels["section"] == "events"
    assert "section" not in inferred("").labels
    assert inferred("", when="4 December", section="news").labels["section"] == "news"


@pytest.mark.parametrize("path", ["Kingsbrook/a.txt", "kingsbrook/more/a.txt", "Cafe\u0301 K/a.txt"])
def test_a_partner_s_folder_says_whom_a_file_is_from(path: str) -> None:
    assert inferred("", path).labels["from"] == "Kingsbrook Area Partnership"


def test_labels_win_over_everything_worked_out() -> None:
    draft = inferred("# Heading", "kingsbrook/a.txt", title="T", section="s", **{"from": "F"})

    assert (draft.labels, draft.text, draft.inferred) == (
        {"title": "T", "section": "s", "from": "F"},
        "# Heading",
        (),
    )


LINES = st.lists(
    st.text(st.sampled_from("aZ\u00e9*_`~#>+-=|[]()!<&\\.:o1\u00b7 \t"), max_size=70), max_size=8
)


@given(LINES.map("\n".join))
@settings(max_examples=200, deadline=None)
def test_no_letter_of_a_plain_text_is_lost(text: str) -> None:
    shown = plain(plain_to_markdown(text))

    assert sorted(filter(str.isalpha, shown.replace("o", ""))) == sorted(
        filter(str.isalpha, text.replace("o", ""))
    )


@given(st.text(), st.sampled_from(["hall.txt", "hall.md", "caf\u00e9.txt", "x/yard.txt"]))
@settings(max_examples=200, deadline=None)
def test_something_is_always_worked_out(text: str, path: str) -> None:
    title = inferred(text, path).labels["title"]

    assert title
    assert "\n" not in title
