"""Our own SMTP client, phase by phase: it always knows what a server may have taken."""
