"""The theory as data: axes, cells, models, lenses, tasks, kinds of party and every list of codes, from ``taxonomy``."""

from __future__ import annotations

from django.utils.translation import gettext

from exchange.api.coded import OBJECTS, choices, lists_in
from partnerships.record import Record
from taxonomy import codebook
from taxonomy.lenses import Lens
from taxonomy.questions import Task
from taxonomy.service_areas import AREAS
from taxonomy.vocabulary import VOCABULARIES


def _(text: str) -> str:
    """A text of the theory in the language of the answer; gettext would give its header for an empty one."""
    return gettext(text) if text else ""


def theory() -> Record:
    """The codebook in use and all vocabularies."""
    book = codebook.CURRENT
    return {
        "codebook": book.version,
        "date": book.date.isoformat(),
        "versions": list(codebook.CODEBOOKS),
        "summary": _(book.summary),
        "axes": [{"code": str(axis), "label": _(axis.label), "help": _(axis.question)} for axis in book.axes],
        "lenses": [_lens(lens) for lens in book.lenses],
        "models": [{"code": model.code, "label": _(model.label), "cells": list(model.cells)} for model in book.models],
        "cells": [
            {
                "cell": cell.number,
                "model": cell.model.code,
                "positions": {lens.code: dict(zip(("design", "delivery"), cell.responsibilities(lens), strict=True))
                              for lens in book.lenses},
                "meaning": {lens.code: _(cell.plain_in(lens)) for lens in book.lenses},
            }
            for cell in book.cells
        ],
        "party_kinds": [{"code": kind.code, "label": _(kind.name), "help": _(kind.help)} for kind in book.party_kinds],
        "tasks": [_task(task) for task in book.tasks],
        "answers": [
            {"code": level.code, "design_label": _(level.design_words), "delivery_label": _(level.delivery_words)}
            for level in book.levels
        ],
        "rules": [{"number": rule.number, "title": _(rule.title), "text": _(rule.text)} for rule in book.rules],
        "vocabularies": vocabularies(),
    }  # fmt: skip


def _lens(lens: Lens) -> Record:
    return {
        "code": lens.code,
        "label": _(lens.name),
        "help": _(lens.question),
        "levels": [{"code": level.code, "label": _(level.name), "help": ""} for level in lens.levels],
    }


def _task(task: Task) -> Record:
    return {
        "code": task.code,
        "axis": str(task.axis),
        "label": _(task.question),
        "help": _(task.help),
        "decides": task.decides,
    }


def vocabularies() -> dict[str, list[Record]]:
    """Every list of codes that the answers use, with labels, and with a sentence where a code needs one."""
    helped = {**VOCABULARIES, "AREAS": AREAS}
    found = {}
    for name in dict.fromkeys((*lists_in(OBJECTS), *VOCABULARIES)):
        helps = {term.code: term.help for term in helped.get(name, ())}
        found[name] = [{"code": code, "label": label, "help": _(helps.get(code, ""))} for code, label in choices(name)]
    return found
