"""Notice the marking OFFICIAL-SENSITIVE, however it is written and whatever the file's encoding."""

import re

# Between the two words: a dash of any kind and encoding, blanks, a line end, HTML's tags and entities, the
# escapes of quoted-printable. No full stop or comma: "the letter is official, sensitive matters come later".
_MARKING = re.compile(
    rb"(?<![a-z])official"
    rb"(?:<[^<>]{0,200}>|&#?[a-z0-9]{1,8};|=[0-9a-f]{2}|[^a-z0-9.,;!?'\"()]){0,12}+"
    rb"sensitive(?![a-z])"
)


def is_sensitive(path: str, data: bytes) -> bool:
    """Whether a file or its name is marked OFFICIAL-SENSITIVE; UTF-16 is ASCII with NULs between."""
    letters = data.replace(b"\0", b"").lower()
    return any(_MARKING.search(words) for words in (letters, path.lower().encode("utf-8", "replace")))
