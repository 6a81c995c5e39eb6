"""Move a page's style rules into style attributes, since mail clients drop the rules."""

import logging

from bulletin.errors import BulletinError


def inlined(page: str) -> str:
    """Write the rules of `<style>` into the elements they are for and leave the rest of the page as it is.

    Blocks marked `data-premailer="ignore"` stay: rules for narrow screens, dark mode and print. The defaults
    would strip their `!important`, set widths in per cent and fetch what is linked. Raises BulletinError for
    a page or a style sheet that cannot be read.
    """
    try:
        return _inlined(page)
    except Exception as fault:  # the libraries fail in many ways, and only a template can make them
        raise BulletinError(
            f"the styles of email.css cannot be written into the page of email.html: {fault}",
            "the page may not be empty, nor one @media rule stand inside another. Look at what you changed"
            " last in the templates folder, or delete the file there to use the shipped one again",
        ) from fault


def _inlined(page: str) -> str:
    from premailer import Premailer

    return str(
        Premailer(
            page,
            strip_important=False,
            keep_style_tags=False,
            allow_network=False,
            allow_loading_external_files=False,
            disable_link_rewrites=True,
            align_floating_images=False,
            disable_validation=True,
            cssutils_logging_level=logging.CRITICAL,
            disable_basic_attributes=["width", "height", "align", "valign", "bgcolor"],
        ).transform(pretty_print=False),
    )
