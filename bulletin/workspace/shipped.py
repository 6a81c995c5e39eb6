"""What the program ships: the default templates, the form and the sample, one copy of each."""

from pathlib import Path

FORM = "forms/contribution-form.docx"
"""The form partners fill in, in the package and in a workspace."""


def shipped(part: str) -> Path:
    """Find a shipped file or folder: in the package (an installed wheel), else beside it (a clone)."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "shipped" / part
    return inside if inside.exists() else package.parent / part
