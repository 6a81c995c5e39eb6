"""A sheet that is one item: its labels down the first column, what they say in the second."""

from bulletin.collect.readers.table.grid import Cell, Grid, last_filled
from bulletin.collect.readers.table.header import role_of
from bulletin.collect.readers.table.rows import Field, Record, read_record
from bulletin.collect.reading import Draft
from bulletin.collect.words.draft import draft_from, with_literal_summary
from bulletin.collect.words.plain import plain_to_markdown
from bulletin.wording import quoted

_FEWEST = 3


def read_form(grid: Grid) -> Record | None:
    """Read a labelled form; None where the sheet is none."""
    if grid.width == 1:
        return _lines(grid)
    found = _fields(grid)
    if found is None:
        return None
    fields, left = found
    record = read_record([one for one in fields if one.cell])
    if left:
        grid.notes.append(f"left out beside the form: {quoted('; '.join(left), 160)}")
    return record


def _fields(grid: Grid) -> tuple[list[Field], list[str]] | None:
    """Give the form's fields and the words that belong to none."""
    start = _label_column(grid)
    if start is None:
        return None
    fields: list[Field] = []
    left: list[str] = []
    for number in sorted(grid.rows):
        row = [*grid.rows[number], Cell(), Cell()]
        label, value = row[start], row[start + 1]
        left += [cell.words for at, cell in enumerate(row) if cell and at not in (start, start + 1)]
        if label and (value or role_of(label.words)):
            role = role_of(label.words)
            fields.append(Field("contact" if role == "name" else role, label.words.rstrip(" :*"), value))
        elif label:
            left.append(label.words)
        elif value and fields:
            last = fields[-1]
            words = f"{last.cell.words}\n{value.words}".strip()
            fields[-1] = last._replace(cell=value if not last.cell else last.cell._replace(words=words))
        elif value:
            left.append(value.words)
    return fields, left


def _label_column(grid: Grid) -> int | None:
    """Find the column of labels: three known ones at least, a third of it, and no second list beside."""
    for column in range(min(2, grid.width - 1)):
        labels = [row[column].words for row in grid.rows.values() if len(row) > column and row[column]]
        known = {role_of(label) for label in labels} - {""}
        beside = [
            role_of(row[column + 1].words) for row in grid.rows.values() if last_filled(row) > column + 1
        ]
        named = {"title", "text", "summary"} & known
        if len(known) >= _FEWEST and named and 3 * len(known) >= len(labels) and not all(beside):
            return column
    return None


def _lines(grid: Grid) -> Record | None:
    """Read a form written as `Label: value` lines in one column."""
    text = "\n".join(grid.rows[number][0].words for number in sorted(grid.rows))
    draft = draft_from(text)
    if "title" not in draft.labels or len(draft.labels) < _FEWEST:
        return None
    plain = with_literal_summary(Draft(draft.labels, plain_to_markdown(draft.text)))
    return Record(plain, (), draft.labels["title"])
