"""The archive: public editions as a static site that any web server can show, and a file manager too."""

from bulletin.archive.page import Page
from bulletin.archive.site import site

__all__ = ["Page", "site"]
