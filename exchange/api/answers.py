"""Whole answers as JSON Schema: lists, counts, the theory, the list of addresses, problems."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from exchange.api.counts import LISTED_UNITS
from exchange.api.schemas import ADDRESS, CELL, COUNT, FLAG, TEXT, Schema, array, code_lists, objects, record, ref, said
from taxonomy.cells import MODELS
from taxonomy.lenses import LENSES

YEAR: Schema = {"type": ["integer", "null"]}
NEXT: Schema = {"type": ["string", "null"], "format": "uri"}
SENTENCES: Schema = {"type": "object", "additionalProperties": array(TEXT)}
LISTS = {
    "PartnershipList": "Partnership", "PhaseList": "PhaseOfPartnership", "AssessmentList": "AssessmentOfPartnership",
    "OrganisationList": "Organisation", "SourceList": "Source",
}  # fmt: skip


def components() -> dict[str, Schema]:
    """Every component of the description."""
    lists = {name: _list(of) for name, of in LISTS.items()}
    return {**code_lists(), **objects(), **lists, **_answers_of_counts(), **_others()}


def _list(of: str) -> Schema:
    return record({
        "count": said(COUNT, _("How many there are on all pages together.")),
        "next": said(NEXT, _("The address of the next page; null on the last.")),
        "results": array(ref(of)),
    })  # fmt: skip


def _answers_of_counts() -> dict[str, Schema]:
    shared = {
        "lens": said({"type": "string", "enum": list(LENSES)}, _("The lens that the counts are read in.")),
        "inferred": said(FLAG, _("Whether inferred positions are counted too.")),
    }
    return {
        "MatrixCell": _matrix_cell(), "Matrix": _matrix(shared), "Move": _move(), "Transitions": _transitions(shared),
    }  # fmt: skip


def _matrix_cell() -> Schema:
    levels = sorted({level.code for lens in LENSES.values() for level in lens.levels})
    return record({
        "cell": CELL,
        "model": {"type": "string", "enum": [model.code for model in MODELS]},
        "design": {"type": "string", "enum": levels},
        "delivery": {"type": "string", "enum": levels},
        "count": said(COUNT, _("How many stand in this cell.")),
        "possible": said(COUNT, _("How many more may stand here or in another cell; in no count.")),
    })  # fmt: skip


def _matrix(shared: Mapping[str, Schema]) -> Schema:
    return record({
        **shared,
        "year": said(YEAR, _("The year as of which it is counted; null for the latest phase.")),
        "total": said(COUNT, _("All that is selected: what is placed and all that is left out.")),
        "placed": said(COUNT, _("How many stand in one cell.")),
        "placed_inferred": said(COUNT, _("How many of these by an inferred position.")),
        "cells": said({**array(ref("MatrixCell")), "minItems": 9, "maxItems": 9}, _("The nine cells in their order.")),
        "partly_placed": said(COUNT, _("How many may stand in several cells; each is “possible” in those.")),
        "partly_placed_inferred": said(COUNT, _("How many of these by an inferred position.")),
        "outside": said(COUNT, _("How many are in hands that the matrix does not hold, such as a company’s.")),
        "not_placed": said(COUNT, _("How many have no position, because no source says enough.")),
        "inferred_only": said(COUNT, _("How many have an inferred position only, counted on request.")),
        "planned_only": said(COUNT, _("How many are planned and not yet there.")),
        "listed": said(record(dict.fromkeys(LISTED_UNITS, COUNT)), _("What is listed and never counted, by its kind.")),
        "undated": said(COUNT, _("With a year: how many more have no dates. They are not in the total.")),
    })  # fmt: skip


def _move() -> Schema:
    return record({
        "move": said(TEXT, _("The move in short, as the filter “moved” takes it: 7>8, 4|7>5, 7?>8, 5>7~.")),
        "from_cells": array(CELL),
        "from_open": said(FLAG, _("Whether it may also have begun outside of the matrix or with nobody.")),
        "to_cells": array(CELL),
        "to_open": said(FLAG, _("Whether it may also have ended there.")),
        "planned": said(FLAG, _("Whether it leads to a phase that is only planned.")),
        "certain": said(FLAG, _("False where a cell is possible before and after, so that it may be no move.")),
        "count": said(COUNT, _("How many partnerships.")),
        "inferred": said(COUNT, _("How many of these only by an inferred position.")),
    })  # fmt: skip


def _transitions(shared: Mapping[str, Schema]) -> Schema:
    return record({
        **shared,
        "moved": said(COUNT, _("How many partnerships moved for certain.")),
        "plan_to": said(COUNT, _("How many did not, and plan to.")),
        "may_have_moved": said(COUNT, _("How many have only moves that may be none.")),
        "described_only": said(COUNT, _("Of how many a source describes a movement, without phases that show it.")),
        "moves": said(array(ref("Move")), _("The different moves, the most frequent first.")),
    })  # fmt: skip


def _others() -> dict[str, Schema]:
    term = record({"code": TEXT, "label": TEXT, "help": TEXT})
    reference = record({"partnership_id": TEXT, "title": TEXT, "url": ADDRESS})
    return {
        "Term": term, "Taxonomy": _taxonomy(), "Root": _root(), "Problem": _problem(),
        "PartnershipReference": reference,
    }  # fmt: skip


def _taxonomy() -> Schema:
    positions = record(dict.fromkeys(LENSES, record({"design": TEXT, "delivery": TEXT})))
    cell = record({"cell": CELL, "model": TEXT, "positions": positions, "meaning": record(dict.fromkeys(LENSES, TEXT))})
    task = record({"code": TEXT, "axis": TEXT, "label": TEXT, "help": TEXT, "decides": FLAG})
    return record({
        "codebook": said(TEXT, _("The version in use.")),
        "date": {"type": "string", "format": "date"},
        "versions": array(TEXT),
        "summary": TEXT,
        "axes": array(ref("Term")),
        "lenses": array(record({"code": TEXT, "label": TEXT, "help": TEXT, "levels": array(ref("Term"))})),
        "models": array(record({"code": TEXT, "label": TEXT, "cells": array(CELL)})),
        "cells": array(cell),
        "party_kinds": array(ref("Term")),
        "tasks": said(array(task), _("The questions; those that decide count for the position.")),
        "answers": array(record({"code": TEXT, "design_label": TEXT, "delivery_label": TEXT})),
        "rules": array(record({"number": COUNT, "title": TEXT, "text": TEXT})),
        "vocabularies": said(
            {"type": "object", "additionalProperties": array(ref("Term"))}, _("Every list of codes by name.")
        ),
    })  # fmt: skip


def _root() -> Schema:
    return record({
        "title": TEXT, "about": TEXT, "licence": TEXT, "documentation": ADDRESS, "schema": ADDRESS, "pages": ADDRESS,
        "addresses": array(record({"name": TEXT, "url": ADDRESS, "about": TEXT})),
    })  # fmt: skip


def _problem() -> Schema:
    return record({
        "type": said(TEXT, _("What kind of problem it is: an address that explains it, or about:blank.")),
        "title": TEXT,
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": said(TEXT, _("What is wrong, in a sentence.")),
        "errors": said(SENTENCES, _("Sentences by parameter; may be empty.")),
    })  # fmt: skip
