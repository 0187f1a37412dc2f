"""Markdown of narratives and case studies to HTML that may stand on a page.

Two walls: the parser writes no HTML that it finds in the text, and nh3 keeps only the tags listed here from what the
parser wrote. Either alone would do; the text comes from strangers.
"""

from collections.abc import Sequence

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

# Headings of the text go below those of the page, which has h1 and h2.
LEVELS_DOWN = 2
LOWEST_LEVEL = 6

# No pictures: one on another host would report every reader to it. Pictures of a case study are uploads of their own.
TAGS = {
    *("p", "br", "hr", "em", "strong", "del", "code", "pre", "blockquote", "ul", "ol", "li", "a"),
    *("h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}

_parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


def render(text: str) -> str:
    """Turn Markdown into HTML with headings from h3 down, links to the web or to an e-mail address, and no pictures.

    Any text is good: what is no Markdown comes out as text.
    """
    tokens = _parser.parse(text)
    _lower_headings(tokens)
    html = _parser.renderer.render(tokens, _parser.options, {})
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=_absolute_links_only,
        url_schemes=SCHEMES,
        link_rel="nofollow noopener",
    )


def _lower_headings(tokens: Sequence[Token]) -> None:
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + LEVELS_DOWN, LOWEST_LEVEL)}"


def _absolute_links_only(tag: str, attribute: str, value: str) -> str | None:
    """Drop an address without a scheme: it would lead somewhere on this site, or with two slashes to any other."""
    if tag == "a" and attribute == "href" and value.partition(":")[0].strip().lower() not in SCHEMES:
        return None
    return value
