"""Turn what partners drop into a folder into an e-mail bulletin, and send it."""

__version__ = "0.1.0"
