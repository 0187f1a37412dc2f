"""Made-up data for the style guide: every partial plain, full and empty. Nothing here is a record."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from partnerships.presenters.cards import Card, PageLink, PageLinks
from partnerships.presenters.citation import FORMATS, CiteThis
from partnerships.presenters.codebook import Question
from partnerships.presenters.explore import VIEWS, YearControl
from partnerships.presenters.facets import Chip, FacetView, Filters, Option, Way
from partnerships.presenters.glance import Fact
from partnerships.presenters.matrix import CellView, Header, Link, Matrix, Row, cell_label, cell_name
from partnerships.presenters.movement import Arrow, arrow
from partnerships.presenters.position import PositionView, mini_matrix
from partnerships.presenters.styleguide_assessed import AssessedGuide, assessed_guide
from partnerships.presenters.toggle import Toggle
from taxonomy.cells import CELLS, Cell
from taxonomy.lenses import PROFESSIONAL, SECTOR, Lens

NO_LINK = "#"
# Cell: how many stand there, how many more could.
EXAMPLE_COUNTS = {5: (3, 1), 8: (2, 2), 2: (0, 3), 6: (0, 2), 9: (0, 2)}
MANY = {1: (12, 0), 2: (41, 3), 3: (7, 0), 4: (260, 0), 5: (1204, 18), 6: (33, 2), 7: (518, 0), 8: (96, 4), 9: (2, 2)}
TITLES = (
    "Harbour Street walking group",
    "Neighbours for Older People, a partnership of nine parishes and the county hospital",
    "Kitchen at the Old Mill",
)


@dataclass(frozen=True)
class StyleGuide:
    """All that the style guide shows, but for its forms."""

    matrix: Matrix
    full: Matrix
    empty: Matrix
    lenses: tuple[Toggle, ...]
    settled: PositionView
    open: PositionView
    beyond: PositionView
    filters: Filters
    views: tuple[Toggle, ...]
    year: YearControl
    ways_out: tuple[Way, ...]
    cards: tuple[Card, ...]
    arrow: Arrow | None
    pages: PageLinks
    facts: tuple[Fact, ...]
    cite: CiteThis
    trail: tuple[Link, ...]
    questions: tuple[Question, ...]
    markdown: str
    assessed: AssessedGuide


def style_guide() -> StyleGuide:
    """Build the examples."""
    return StyleGuide(
        matrix=example_matrix(EXAMPLE_COUNTS),
        full=example_matrix(MANY, PROFESSIONAL),
        empty=example_matrix({}),
        lenses=(Toggle(_(SECTOR.name), NO_LINK, True), Toggle(_(PROFESSIONAL.name), NO_LINK, False)),
        settled=_settled(),
        open=_open(),
        beyond=_beyond(),
        filters=_filters(),
        views=tuple(Toggle(str(text), NO_LINK, name == "matrix") for name, text in VIEWS.items()),
        year=_year(),
        ways_out=(Way(_("Italy"), 12, NO_LINK), Way(_("“older people”"), 3, NO_LINK)),
        cards=_cards(),
        arrow=arrow({4, 7}, {5}),
        pages=PageLinks(NO_LINK, NO_LINK, tuple(PageLink(text, url, text == "3") for text, url in PAGES)),
        facts=(Fact(_("Unit"), _("Programme")), Fact(_("Vehicle"), ""), Fact(_("Part of"), TITLES[1], NO_LINK)),
        cite=CiteThis(TITLES[1] + ".", tuple(Link(text, NO_LINK) for text in FORMATS.values())),
        trail=(Link(_("Matrix"), NO_LINK), Link(_("Partnerships"), NO_LINK)),
        questions=(
            Question(
                _("Who runs it day to day?"),
                _("Leads the staff, sorts out problems."),
                decides=True,
                counts=_("A charity’s manager."),
                does_not_count=_("The council checks the contract."),
            ),
            Question(_("Who sends people to it?"), _("A doctor or a court."), False, counts="", does_not_count=""),
        ),
        markdown=MARKDOWN,
        assessed=assessed_guide(),
    )


PAGES = (("1", NO_LINK), ("…", ""), ("2", NO_LINK), ("3", NO_LINK), ("4", NO_LINK), ("…", ""), ("12", NO_LINK))
MARKDOWN = """# A heading of the text

It runs to *two* lines, with [a link](https://example.org/) and a list:

- what they set out to do
- what came of it

> Words of somebody who took part.
"""


def example_matrix(counts: dict[int, tuple[int, int]], lens: Lens = SECTOR) -> Matrix:
    """A table with the given counts."""
    rows = tuple(
        Row(
            Header(level.code, _(level.name), _(level.delivery_words)),
            tuple(_cell(c, counts, lens) for c in CELLS if c.row == row),
        )
        for row, level in enumerate(lens.levels)
    )
    return Matrix(
        lens=lens,
        caption=_("Responsibility for design (columns) and for delivery (rows), at the latest known phase"),
        columns=tuple(Header(level.code, _(level.name), _(level.design_words)) for level in lens.levels),
        rows=rows,
        placed=sum(count for count, _possible in counts.values()),
        possible=sum(possible for _count, possible in counts.values()),
    )


def _cell(cell: Cell, counts: dict[int, tuple[int, int]], lens: Lens) -> CellView:
    count, possible = counts.get(cell.number, (0, 0))
    most = max((number for number, _possible in counts.values()), default=0)
    total = sum(number for number, _possible in counts.values())
    name = cell_name(cell, lens)
    titles = tuple(Link(title, NO_LINK) for title in TITLES[:count])
    return CellView(
        number=cell.number,
        model=name,
        count=count,
        share=f"{100 * count / total:.0f} %" if count else "",
        tint=-(-4 * count // most) if count else 0,
        titles=titles,
        more=count - len(titles),
        possible=possible,
        url=NO_LINK,
        label=cell_label(cell, name, lens, count, possible),
    )


def _settled() -> PositionView:
    return PositionView(
        mini=mini_matrix({5}, settled=True, was={4}),
        sentence=_("Designed by the public sector with citizens or the third sector. Delivered by both together."),
        models=(_("Full Co-Production"),),
        tag=_("5 · Full Co-Production"),
        open=False,
    )


def _open() -> PositionView:
    return PositionView(
        mini=mini_matrix({2, 5, 8}, settled=False),
        sentence=_(
            "Designed by the public sector with citizens or the third sector. Who delivers it is not known for certain."
        ),
        models=(_("Co-Governance"), _("Full Co-Production")),
        tag=_("2, 5 or 8"),
        open=True,
    )


def _beyond() -> PositionView:
    return PositionView(
        mini=mini_matrix({7, "outside", "nobody"}, settled=False),
        sentence=_("Designed by the public sector. It may be wholly in other hands, such as a private company’s."),
        models=(_("Co-Management"),),
        tag=_("7 or outside"),
        open=True,
    )


def _year() -> YearControl:
    undated = _("28 more have no dates in the sources, so no year shows them.")
    return YearControl(2012, 1800, 1970, 2026, (), Link("2011", NO_LINK), Link("2013", NO_LINK), NO_LINK, undated)


def _filters() -> Filters:
    countries = tuple(Option(f"option-{text}", text, count, NO_LINK, on) for text, count, on in COUNTRIES)
    areas = tuple(Option(f"option-{text}", text, count, NO_LINK, False) for text, count in AREAS)
    chips = tuple(
        Chip(text, NO_LINK, _("Remove filter: %(text)s") % {"text": text}) for text in ("Italy", "“older people”")
    )
    facets = (
        FacetView("country", _("Country"), countries[:3], countries[3:]),
        FacetView("area", _("Service area"), areas, ()),
        FacetView("unit", _("Kind of thing"), url=NO_LINK),
        FacetView("risk", _("Who carries the risk"), open=False, url=NO_LINK),
    )
    return Filters(facets, chips, NO_LINK, "older people", ())


COUNTRIES = (
    ("Italy", 2, True),
    ("United Kingdom of Great Britain and Northern Ireland", 31, False),
    ("Netherlands", 4, False),
)
AREAS = (("Health", 12), ("Social protection", 23), ("Housing and community amenities", 6))


def _cards() -> tuple[Card, ...]:
    summary = _("Volunteers and the council plan weekly walks together; volunteers lead them.")
    return (
        Card(
            TITLES[0],
            NO_LINK,
            _("Case · Health · Utrecht, Netherlands"),
            summary,
            _("5 · Full Co-Production"),
            False,
            False,
            _("closest fit, says the source"),
            mini_matrix({5}, settled=True),
        ),
        Card(
            TITLES[1],
            NO_LINK,
            _("Programme · Social protection · Scotland"),
            "",
            _("2, 5 or 8"),
            True,
            False,
            "",
            mini_matrix({2, 5, 8}, settled=False),
        ),
        Card(
            TITLES[2],
            NO_LINK,
            _("Component · Education"),
            summary,
            _("6 or 9"),
            True,
            True,
            "",
            mini_matrix({6, 9}, settled=False),
        ),
    )
