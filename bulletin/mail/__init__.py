"""Headers, MIME parts and whole messages as bytes; pure."""
