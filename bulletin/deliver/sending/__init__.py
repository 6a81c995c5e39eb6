"""One run: every connection's work, what they share, and when to stop."""
