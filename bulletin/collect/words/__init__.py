"""Put words in Markdown that reads the same, whether they were typed, pasted or on a page."""
