"""An item in one line and in sixty words: whole sentences of its own, never altered."""

from collections.abc import Iterator

from bulletin.markdown import blocks, links, plain, public_url, shown_url
from bulletin.model.edition import Entry
from bulletin.prose import sentences

MOST_WORDS = 60
DATES = ("When", "Where", "Opens", "Closes")


def one_line(entry: Entry) -> str:
    """Give an item's title, who it is from, what must be seen first, and where to read on."""
    title = f"{entry.title} ({entry.source})" if entry.source else entry.title
    return " - ".join([title, *entry.notice, *_address(entry)])


def sixty_words(entry: Entry) -> str:
    """Give an item in about sixty words: its title, its first sentences, its dates, and where to read on.

    The address is not counted. The first sentence is there whatever its length: half of one may say the
    opposite.
    """
    address = _address(entry)
    needed = DATES if address else (*DATES, "Contact")
    above = [entry.title, *entry.notice]
    below = [f"{fact.name}: {fact.value}" for fact in entry.facts if fact.name in needed]
    room = MOST_WORDS - len(" ".join([*above, *below]).split())
    return "\n".join([*above, *filter(None, [_beginning(entry, room)]), *below, *address])


def _beginning(entry: Entry, room: int) -> str:
    """Give as many whole sentences as there is room for, at least one; none that leads to what is gone."""
    taken: list[str] = []
    for sentence in _sentences(entry):
        if taken and len(" ".join([*taken, sentence]).split()) > room:
            break
        taken.append(sentence)
    while len(taken) > 1 and taken[-1].endswith(":"):
        taken.pop()
    return " ".join(taken)


def _sentences(entry: Entry) -> Iterator[str]:
    """Give the sentences of the summary and of the first paragraphs that stand together.

    What stands under a heading is not read without it, unless the item has nothing else to begin with.
    """
    yield from sentences(_words(entry.summary))
    started = bool(entry.summary)
    for block in blocks(entry.text):
        if block.kind == "paragraph":
            started = True
            yield from sentences(_words(block.source))
        elif started:
            return
    if not started:
        yield from sentences(_words(entry.text))


def _words(markdown: str) -> str:
    """Give the words alone, with every address that stands among them whole."""
    words = plain(markdown)
    for url in (public_url(link.url) for link in links(markdown) if link.text == link.url):
        words = words.replace(shown_url(url), url, 1) if url else words
    return words


def _address(entry: Entry) -> list[str]:
    """Give the address of the item's own link, the first that is no calendar file."""
    return [way.url for way in entry.ways if not way.url.endswith(".ics")][:1]
