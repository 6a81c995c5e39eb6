"""A layout as the two parts of an e-mail, from templates an officer may restyle."""

from bulletin.render.email import correction_html, correction_text, email_html, email_text
from bulletin.render.pictures import beside
from bulletin.render.templates import html_environment, render, text_environment

__all__ = [
    "beside",
    "correction_html",
    "correction_text",
    "email_html",
    "email_text",
    "html_environment",
    "render",
    "text_environment",
]
