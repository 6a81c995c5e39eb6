"""Open a saved e-mail, whichever program wrote it, as a Letter with what it carries."""
