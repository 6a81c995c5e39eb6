"""Put words in Markdown that reads the same, whether they were typed, pasted or on a page.

- `plain` reads what was typed or pasted; `breaks`, `bullets`, `columns` and `printed` know its ways, `tables`
  writes what stood in columns, and `lines` is for text whose every line break is meant
- `html` reads a page; `rewrite` makes it simple, `escape` keeps its words from being marks, and `figures` 10²
  from being 102
- `draft` takes the labels off a text; `span` and `said` are words of ours, for an item and for a note
"""
