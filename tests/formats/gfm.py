"""Markdown as GitHub renders it, by its own parser."""

import re
from html import unescape

import cmarkgfm
from cmarkgfm.cmark import Options

_TAG = re.compile(r"<[^>]*>")


def html_of(markdown: str, *, footnotes: bool = False) -> str:
    """The HTML of `markdown`, with the HTML in it let through."""
    options = Options.CMARK_OPT_UNSAFE | (Options.CMARK_OPT_FOOTNOTES if footnotes else 0)
    html: str = cmarkgfm.github_flavored_markdown_to_html(markdown, options)
    return html


def text_of(html: str) -> str:
    """What a reader of `html` sees, without a line end at the end."""
    return unescape(_TAG.sub("", html)).strip("\n")
