"""What shows afterwards what became of a message: a relay's log, a delivery report."""
