"""Codes as people write them: the code itself in any case, or its label."""

import difflib
from functools import cache

from django.utils import translation
from django.utils.translation import gettext as _

from exchange.merging.wrong import Wrong
from partnerships.models.fields import vocabulary_choices
from taxonomy.cells import MODELS

# A list of up to so many codes is told whole in a message.
FEW = 12
# What people write where a country is asked for, and which the register keeps in the column “nation”.
NATIONS = ("england", "scotland", "wales", "northern ireland")


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
    """Each folded way to write a code of these vocabularies, with the code. A label of two codes names neither."""
    codes = dict.fromkeys(code for name in names for code, _label in choices(name))
    written = {fold(code): code for code in codes}
    labels: dict[str, set[str]] = {}
    for name in names:
        for code, label in choices(name):
            labels.setdefault(fold(label), set()).add(code)
            if name == "AREAS":  # a spreadsheet takes the zero off 07
                labels.setdefault(code.lstrip("0"), set()).add(code)
    return {label: next(iter(of)) for label, of in labels.items() if len(of) == 1} | written


def code_of(text: str, names: tuple[str, ...]) -> str:
    """The code that a text means; "" for an empty one. Raises ``Wrong``."""
    known = table(names)
    folded = fold(text)
    found = known.get(folded, known.get(folded.replace(" ", "_"))) if folded else ""
    if found is None:
        raise Wrong(_unknown(text, folded, names))
    return found


def _unknown(text: str, folded: str, names: tuple[str, ...]) -> str:
    known = table(names)
    if names == ("COUNTRIES",) and folded in NATIONS:
        return _("Countries are codes such as GB: write GB here, and “%(name)s” in the column “nation”.") % {
            "name": text
        }
    values = {"value": text[:40], "codes": ", ".join(dict.fromkeys(known.values()))}
    if len(set(known.values())) <= FEW:
        return _("“%(value)s” is not one of the codes: %(codes)s. Write one of these.") % values
    if near := difflib.get_close_matches(folded[:40], known, n=1):
        values["near"] = known[near[0]]
        return _("“%(value)s” is not a code of this column. If you mean “%(near)s”, write that.") % values
    return _("“%(value)s” is not a code of this column. Choose one of those that the data page lists.") % values
