"""The form partners fill in: the same lines in Word, in a bulletin's footer and in a reminder."""

FORM = (
    "Title", "From", "Section", "Summary", "Link", "Contact", "When", "Where", "Opens", "Closes",
    "Area", "Audience", "Language", "Image", "Alt", "Share", "Embargo",
)  # fmt: skip
"""The lines of the form partners fill in, in the order people think of them; their words come below."""


def form_lines(organisation: str = "") -> tuple[str, ...]:
    """Give the lines of an empty form, with a space to type after; the organisation may be known."""
    return tuple(f"{name}: {organisation}" if name == "From" else f"{name}: " for name in FORM)
