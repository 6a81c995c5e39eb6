"""contributions/ → items: every file accounted for, no edit lost, nothing in the drop folder touched.

The rooms, in the order of the work; each may use those before it, and none that comes after:

- `reading`, what every reader gives back, and `marking`, what a text says about being published
- `words`, somebody's words as Markdown that reads the same
- `taking`, files out of the folder and to their reader, and `readers`, one for each kind of file
- `deciding`, what each item is, and whether it waits
- `keeping`, items and originals, beside what the officer has edited
- `pictures`, the names they have and the items they go with
- `run`, one collect from end to end
"""

from bulletin.collect.run import collect

__all__ = ["collect"]
