"""Examples of answers, made of a record of the bundled library; assessment, organisation and counts are made up."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from django.urls import reverse

from exchange.load import library
from partnerships.record import Record
from taxonomy.cells import CELLS
from taxonomy.lenses import SECTOR

CASE, SOURCE = "brescia-citta-del-noi", "strategic-psp-model-chapter-2"


def _at(name: str, *arguments: str) -> str:
    return settings.SITE_URL + reverse(name, args=arguments)


@cache
def _library() -> Record:
    return library()


@cache
def partnership() -> Record:
    """A partnership as the API answers it."""
    record = next(row for row in _library()["partnerships"] if row["partnership_id"] == CASE)
    record = {name: value for name, value in record.items() if name != "seed_rows"}
    record["phases"] = [{**phase, **_derived(phase)} for phase in record["phases"]]
    return {**record, "url": _at("partnership", CASE), "api_url": _at("api-partnership", CASE)}


def _derived(phase: Record) -> Record:
    place = (phase["design"], phase["delivery"])
    cell = next(cell for cell in CELLS if cell.responsibilities(SECTOR) == place)
    return {"current": True, "cell": cell.number, "model": cell.model.code, "professional_cell": None}


def phase() -> Record:
    """A phase on its own."""
    return {"partnership": _reference(), **partnership()["phases"][0]}


def _reference() -> Record:
    return {"partnership_id": CASE, "title": partnership()["title"], "url": partnership()["url"]}


def assessment() -> Record:
    """An assessment on its own: what one might say of the partnership above."""
    return {
        "partnership": _reference(), "phase": partnership()["phases"][0]["name"], "perspective": "researcher",
        "method": "direct", "design": "shared", "delivery": "shared", "reason": "Section 2.1 says so.",
        "codebook": "1.0", "comment": "", "submitted": "2026-11-24", "answers": {}, "by_invitation": False,
        "adopted": False, "result": {},
    }  # fmt: skip


def organisation() -> Record:
    """An organisation that takes part in it."""
    return {
        "slug": "comune-di-brescia", "name": "Comune di Brescia", "kind": "public", "country": "IT", "scheme": "",
        "identifier": "", "website": "", "page_url": _at("organisation", "comune-di-brescia"),
        "api_url": _at("api-organisation", "comune-di-brescia"), "partnerships": [CASE],
    }  # fmt: skip


def source() -> Record:
    """The source that it rests on."""
    record = next(row for row in _library()["sources"] if row["slug"] == SOURCE)
    places = {"page_url": _at("source", SOURCE), "api_url": _at("api-source", SOURCE)}
    return {**record, **places, "partnerships": [CASE]}


def listed(record: Record) -> Record:
    """A list of one."""
    return {"count": 1, "next": None, "results": [record]}


def matrix() -> Record:
    """The matrix with that one partnership on it."""
    design_and_delivery = [cell.responsibilities(SECTOR) for cell in CELLS]
    cells = [
        {"cell": cell.number, "model": cell.model.code, "design": design, "delivery": delivery,
         "count": int(cell.number == 5), "possible": 0}
        for cell, (design, delivery) in zip(CELLS, design_and_delivery, strict=True)
    ]  # fmt: skip
    listed_only = dict.fromkeys(("class", "vehicle", "country_pattern", "illustration", "reference"), 0)
    return {
        "lens": "sector", "year": None, "inferred": False, "total": 1, "placed": 1, "placed_inferred": 0,
        "cells": cells, "partly_placed": 0, "partly_placed_inferred": 0, "outside": 0, "not_placed": 0,
        "inferred_only": 0, "planned_only": 0, "listed": listed_only, "undated": 0,
    }  # fmt: skip


def transitions() -> Record:
    """One move."""
    move = {
        "move": "4>5", "from_cells": [4], "from_open": False, "to_cells": [5], "to_open": False, "planned": False,
        "certain": True, "count": 1, "inferred": 0,
    }  # fmt: skip
    counts = {"moved": 1, "plan_to": 0, "may_have_moved": 0, "described_only": 0}
    return {"lens": "sector", "inferred": False, **counts, "moves": [move]}


def problems(docs: str) -> dict[int, dict[str, Any]]:
    """What the problems look like; ``docs`` is the address that explains them."""
    sentence = "“XX” is not one that the register knows."
    return {
        400: {
            "type": f"{docs}#parameters", "title": "A parameter is unknown or cannot be read", "status": 400,
            "detail": f"country: {sentence}", "errors": {"country": [sentence]},
        },
        404: {
            "type": f"{docs}#not-found", "title": "There is nothing at this address", "status": 404,
            "detail": "What was asked for is not there, or is not public. The list of addresses is at /api/v1/.",
            "errors": {},
        },
        429: {
            "type": f"{docs}#too-many", "title": "Too many requests", "status": 429,
            "detail": "Wait for 20 seconds, then go on.", "errors": {},
        },
    }  # fmt: skip
