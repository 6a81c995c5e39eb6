"""Keep items and originals so that no edit and no file is lost."""
