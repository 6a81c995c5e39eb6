"""The page on which readers leave: a WSGI application for any host, of the standard library alone."""

from bulletin.leave.app import Leave, application

__all__ = ["Leave", "application"]
