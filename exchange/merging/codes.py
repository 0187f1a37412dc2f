"""Codes as people write them: the code itself in any case, or its label."""

import difflib
from functools import cache

from django.utils import translation
from django.utils.translation import gettext as _

from exchange.merging.other_words import MEANT, NATIONS, countries_besides
from exchange.merging.wrong import Wrong
from partnerships.models.fields import vocabulary_choices
from taxonomy.cells import MODELS

# A list of up to so many codes is told whole in a message.
FEW = 12
# How near a word must come to a code or a label before it is suggested; below that the guess only misleads.
NEAR = 0.6


def fold(text: str) -> str:
    """Case and spaces say nothing in a code."""
    return " ".join(text.split()).casefold()


def choices(name: str) -> list[tuple[str, str]]:
    """The codes of a vocabulary with their labels in English."""
    with translation.override(None):
        if name == "MODELS":
            return [(model.code, _(model.label)) for model in MODELS]
        return [(code, str(label)) for code, label in vocabulary_choices(name)]


@cache
def table(names: tuple[str, ...]) -> dict[str, str]:
    """Each folded way to write a code of these vocabularies, with the code. A label of two codes names neither.

    Countries have other names as well, of which each can only mean one.
    """
    codes = dict.fromkeys(code for name in names for code, _label in choices(name))
    written = {fold(code): code for code in codes}
    labels: dict[str, set[str]] = {}
    for name in names:
        for code, label in choices(name):
            labels.setdefault(fold(label), set()).add(code)
            if name == "AREAS":  # a spreadsheet takes the zero off 07
                labels.setdefault(code.lstrip("0"), set()).add(code)
    besides = countries_besides() if names == ("COUNTRIES",) else {}
    return besides | {label: next(iter(of)) for label, of in labels.items() if len(of) == 1} | written


def code_of(text: str, names: tuple[str, ...]) -> str:
    """The code that a text means; "" for an empty one. Raises ``Wrong``."""
    known = table(names)
    folded = fold(text)
    found = known.get(folded, known.get(folded.replace(" ", "_"))) if folded else ""
    if found is None:
        raise Wrong(_unknown(text, folded, names))
    return found


def _unknown(text: str, folded: str, names: tuple[str, ...]) -> str:
    if names == ("COUNTRIES",) and folded in NATIONS:
        return _("Countries are codes such as GB: write GB here, and “%(name)s” in the column “nation”.") % {
            "name": text
        }
    known = table(names)
    values = {"value": text[:40], "codes": ", ".join(dict.fromkeys(known.values())), "near": "", "label": ""}
    if code := MEANT.get(names, {}).get(folded) or _nearest(folded, known):
        values |= {"near": code, "label": _label(code, names)}
    if len(set(known.values())) > FEW:
        return f"{_suggestion(values)} {where(names)}"
    if code:
        return f"{_suggestion(values)} {_('The codes are: %(codes)s.') % values}"
    return _("“%(value)s” is not one of the codes: %(codes)s. Write one of these.") % values


def _nearest(folded: str, known: dict[str, str]) -> str:
    # A code of one or two letters is near to any other.
    words = [word for word in known if len(word) > 2]
    near = difflib.get_close_matches(folded[:40], words, n=1, cutoff=NEAR) if len(folded) > 2 else []
    return known[near[0]] if near else ""


def _label(code: str, names: tuple[str, ...]) -> str:
    return next((label for name in names for other, label in choices(name) if other == code), "")


def _suggestion(values: dict[str, str]) -> str:
    if not values["near"]:
        return _("“%(value)s” is not a code of this column.") % values
    return _("“%(value)s” is not a code of this column. If you mean “%(label)s”, write %(near)s.") % values


def where(names: tuple[str, ...]) -> str:
    """Where the codes of a vocabulary are listed."""
    return _("The codes are on the sheet “codes” of the XLSX template, list %(lists)s.") % {
        "lists": ", ".join(name.lower() for name in names)
    }
