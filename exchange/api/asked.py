"""What a request asks for: the selection of the pages, and how the answer is to be cut and labelled."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from exchange.api.paging import MOST, USUAL
from exchange.api.problems import Errors, Invalid
from partnerships.selection import InvalidSelection, Selection, select

LABELS, PAGE_SIZE, CURSOR = "labels", "page_size", "cursor"


@dataclass(frozen=True)
class Form:
    """How the answer is to look: rows on a page, where the page begins ("" for the first), labels beside codes."""

    page_size: int = USUAL
    cursor: str = ""
    labels: bool = False


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
