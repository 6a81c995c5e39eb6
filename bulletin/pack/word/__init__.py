"""A pack as a Word document that people can change: headings, lists, links and tables are what they seem."""

from bulletin.pack.word.document import word_document

__all__ = ["word_document"]
