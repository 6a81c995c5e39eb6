"""Follow a message that was forwarded or answered back to whoever wrote it first."""
