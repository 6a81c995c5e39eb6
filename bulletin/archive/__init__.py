"""The archive: public editions as a static site that any web server can show, and a file manager too."""

from bulletin.archive.changed import around
from bulletin.archive.issue import issue_files, record
from bulletin.archive.masthead import Logo, Press
from bulletin.archive.page import Around, Page, newest_first
from bulletin.archive.paths import OWN
from bulletin.archive.record import Record, read_record, write_record
from bulletin.archive.shared import shared_files

__all__ = [
    "OWN",
    "Around",
    "Logo",
    "Page",
    "Press",
    "Record",
    "around",
    "issue_files",
    "newest_first",
    "read_record",
    "record",
    "shared_files",
    "write_record",
]
