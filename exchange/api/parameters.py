"""The parameters of the addresses, described from the filters themselves."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, OpenApiParameter

from exchange.api.asked import CURSOR, LABELS, PAGE_SIZE
from exchange.api.paging import MOST, USUAL
from exchange.api.schemas import Schema, array, ref
from partnerships.filters import FILTERS, FIRST_YEAR, SINGLE, PartnershipFilter, this_year
from partnerships.search import MAX_QUERY_LENGTH

# Sets of cells as moves write them: in their order, each once. A move ends elsewhere than it began.
CELLS = "|".join(f"{first}" + "".join(f"(?:\\|{later})?" for later in range(first + 1, 10)) for first in range(1, 10))
# PostgreSQL cannot compare with a text that holds one.
NO_NULL = "^[^\\u0000]*$"
# Filters without a list of values: how a value is written.
WRITTEN: Mapping[str, Schema] = {
    "q": {"type": "string", "maxLength": MAX_QUERY_LENGTH, "pattern": NO_NULL},
    "nation": {"type": "string", "maxLength": 100, "pattern": NO_NULL},
    "confirmed": {"type": "string", "pattern": "^([0-9]{4}|never)$"},
    "moved": {"type": "string", "pattern": rf"^(?!([1-9|]+)\??>\1\??~?$)(?:{CELLS})\??>(?:{CELLS})\??~?$"},
}
MEANINGS = {
    "year": _("As of a year: each partnership as it stood then. Partnerships without dates are left out."),
    "q": _(
        "Words that must all be found, in the title, the texts, the partners or the sources. Accents do not matter."
    ),
    "country": _("Countries, as ISO 3166-1 codes."),
    "nation": _("A nation or region inside a country, as the records write it."),
    "area": _("Service areas: divisions (10) and groups (10.2) of the UN’s classification COFOG."),
    "unit": _("What kind of thing is described."),
    "vehicle": _("How it is bought, funded or planned."),
    "kind": _("Kinds of party that take part."),
    "reached": _("Who is reached: organisations only, or people themselves too."),
    "model": _("Models of collaboration: all cells in which it may stand bear that label."),
    "cell": _("Cells 1 to 9, or one of the groups that the matrix leaves out."),
    "level": _("How far power moves to the people who use the service."),
    "nature": _("Whether people act alone, in a group or as a community."),
    "effect": _("Whether it adds to what was there or takes its place."),
    "stage": _("Stages of the service that co-production reaches."),
    "risk": _("Who carries the risk."),
    "certainty": _("What the position rests on."),
    "confirmed": _("The year in which the record was last confirmed, or “never”."),
    "moved": _(
        "Moves between cells that it made or plans: 7>8, from a set 4|7>5, with an open end 7?>8, planned 5>7~."
    ),
    "does": _("Who does what, as task:kind, such as run:third_sector."),
    "lens": _("How the axes are read: by sector (usual) or by profession."),
    "inferred": _("1 counts inferred positions too; they are left out otherwise."),
    "sort": _("The order: by title (usual) or the newest first. With a search, titles that hit come first."),
}
EXAMPLES = {"country": ["IT"], "area": ["10"], "year": 2010, "q": "housing", "moved": ["4>5"], "confirmed": ["never"]}


def filter_name(name: str) -> str:
    """What the component with the values of a filter is called."""
    return f"{name.title()}Filter"


def labels_of(name: str) -> dict[str, str]:
    """The values of a parameter that has a list of them, with their labels; empty for any other."""
    known = PartnershipFilter.base_filters.get(name)
    given = known.extra.get("choices") if known else None
    given = given() if callable(given) else given
    return {str(code): str(label) for code, label in given or ()}


@cache
def filter_lists() -> dict[str, Schema]:
    """A component for each filter that has a list of values."""
    names = (*FILTERS, "lens", "inferred", "sort")
    return {filter_name(name): {"type": "string", "enum": list(labels_of(name))} for name in names if labels_of(name)}


def _schema(name: str) -> Schema:
    if name == "year":
        return {"type": "integer", "minimum": FIRST_YEAR, "maximum": this_year()}
    value = ref(filter_name(name)) if name not in WRITTEN else dict(WRITTEN[name])
    return value if name in SINGLE else array(value)


def _parameter(name: str, schema: Schema, meaning: object, example: Any = None) -> OpenApiParameter:
    shown = [OpenApiExample(name, value=example)] if example is not None else []
    return OpenApiParameter(name, schema, OpenApiParameter.QUERY, description=meaning, examples=shown)


def of_filters(*views: str) -> list[OpenApiParameter]:
    """The parameters that select, with those of ``views`` ("lens", "inferred", "sort") that matter here."""
    return [_parameter(name, _schema(name), MEANINGS[name], EXAMPLES.get(name)) for name in (*FILTERS, *views)]


def of_pages() -> list[OpenApiParameter]:
    """The parameters that cut a list into pages."""
    size = {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}
    return [
        _parameter(PAGE_SIZE, size, _("How many on a page."), USUAL),
        _parameter(
            CURSOR,
            {"type": "string"},
            _("Where the page begins: part of the address under “next”. Leave it out for the first page."),
        ),
    ]


def of_labels() -> list[OpenApiParameter]:
    """The parameter that adds labels."""
    return [
        _parameter(
            LABELS, {"type": "string", "enum": ["1"]}, _("1 adds the label behind each code, such as unit_label.")
        )
    ]


def of_slug(meaning: object, example: str = "") -> list[OpenApiParameter]:
    """The code of a single thing, part of its address."""
    shown = [OpenApiExample("slug", value=example)] if example else []
    schema = {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"}
    return [OpenApiParameter("slug", schema, OpenApiParameter.PATH, description=meaning, examples=shown)]
