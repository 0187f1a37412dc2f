"""What a request asks for: the selection of the pages, and how the answer is to be cut and labelled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from django.http import QueryDict
from django.utils.translation import gettext as _

from exchange.api.paging import MOST, USUAL
from exchange.api.problems import Errors, Invalid
from partnerships.filters import FILTERS, VIEW_PARAMETERS
from partnerships.selection import InvalidSelection, Selection, select

LABELS, PAGE_SIZE, CURSOR = "labels", "page_size", "cursor"
# What addresses take. Any address of a page may be asked for here too, so what pages take for themselves is known.
SINGLE_THING = (LABELS,)
PAGES = (PAGE_SIZE, CURSOR, LABELS)
SELECTION = (*FILTERS, *VIEW_PARAMETERS, "page")
# So many that are not known are named, each by so many letters at most.
MOST_STRANGERS, LONGEST = 10, 40


@dataclass(frozen=True)
class Form:
    """How the answer is to look: rows on a page, where the page begins ("" for the first), labels beside codes."""

    page_size: int = USUAL
    cursor: str = ""
    labels: bool = False


def refuse_strangers(parameters: QueryDict, known: tuple[str, ...]) -> None:
    """Raises ``Invalid`` for parameters that an address does not take, with the nearest of those that it takes."""
    strangers = [name for name in parameters if name not in known]
    if strangers:
        raise Invalid({name[:LONGEST]: list(_strange(name, known)) for name in strangers[:MOST_STRANGERS]})


def _strange(name: str, known: tuple[str, ...]) -> Iterator[str]:
    near = get_close_matches(name[:LONGEST].lower(), known, n=1)
    values = {"name": name[:LONGEST], "near": near[0] if near else ""}
    if near:
        yield _("“%(name)s” is no parameter of this address. If you mean “%(near)s”, write that.") % values
    elif known:
        yield (
            _("“%(name)s” is no parameter of this address. Leave it out, or choose one of the documentation.") % values
        )
    else:
        yield _("“%(name)s” is no parameter of this address, which takes none. Leave it out.") % values


def form(parameters: QueryDict) -> Form:
    """Read these parameters. Raises ``Invalid``; as on the pages, empty ones count as absent, and the last one wins."""
    errors: Errors = {}
    size = parameters.get(PAGE_SIZE, "").strip()
    # Read as typed: int() would take signs, underscores and digits of other scripts.
    if size and not (re.fullmatch("[0-9]{1,3}", size) and 1 <= int(size) <= MOST):
        errors[PAGE_SIZE] = [_("Give a whole number from 1 to %(most)s.") % {"most": MOST}]
    labels = parameters.get(LABELS, "").strip()
    if labels not in ("", "1"):
        errors[LABELS] = [_("Give 1, or leave it out.")]
    if errors:
        raise Invalid(errors)
    return Form(int(size or USUAL), parameters.get(CURSOR, "").strip(), labels == "1")


def asked(parameters: QueryDict) -> tuple[Selection, Form]:
    """The selection and the form; the faults of both come together. Raises ``Invalid`` or ``InvalidSelection``."""
    try:
        wanted = form(parameters)
    except Invalid as fault:
        try:
            select(parameters)
        except InvalidSelection as other:
            raise Invalid({**other.fields, **fault.errors}) from fault
        raise
    return select(parameters), wanted
