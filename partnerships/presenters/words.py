"""Short words for codes, and joining them into sentences."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries import countries

from partnerships.models.fields import CELL_WORDS, MEMBERS, Member
from taxonomy import service_areas, vocabulary
from taxonomy.lenses import Lens
from taxonomy.trajectories import Move

# Labels of the vocabulary explain; in a list or a tag one word has to do.
UNITS = {
    "case": gettext_lazy("Case"),
    "programme": gettext_lazy("Programme"),
    "component": gettext_lazy("Part of a service"),
    "class": gettext_lazy("Type of scheme"),
    "vehicle": gettext_lazy("Way of buying, funding or planning"),
    "country_pattern": gettext_lazy("Country pattern"),
    "illustration": gettext_lazy("Illustration"),
    "reference": gettext_lazy("Study or policy idea"),
}


# What somebody besides the deciding parties is or does, in a tag.
ROLES = {
    "pays": gettext_lazy("funder"),
    "owns_premises": gettext_lazy("owns the premises"),
    "refers": gettext_lazy("refers people"),
    "inspects": gettext_lazy("inspector"),
    "invests": gettext_lazy("investor"),
    "gives_data": gettext_lazy("gives data"),
}


def term(name: str, code: str) -> str:
    """The translated label of a code of a vocabulary; "" for "not stated".

    Pages of old releases bear codes of their day: one that the vocabulary of today lacks stands for itself.
    """
    known = getattr(vocabulary, name)
    return _(known.label(code)) if code in known.codes else code


def unit(code: str) -> str:
    """One or two words for a unit; a code that is no longer known stands for itself."""
    return str(UNITS.get(code, code))


def area(code: str) -> str:
    """A service area in plain words; a code that is no longer known stands for itself."""
    return _(service_areas.AREAS.label(code)) if code in service_areas.AREAS.codes else code


def country(code: str) -> str:
    """A country's name."""
    return str(countries.name(code))


def level(lens: Lens, code: str) -> str:
    """A responsibility in words; "not known" for ""; a code that is no longer known stands for itself."""
    names = {level.code: level.name for level in lens.levels}
    return _(names[code]) if code in names else code or _("Not known")


def cells(members: Iterable[Member], *, last: str | None = None) -> str:
    """A set of cells in words: "6 or 9"; ``last`` as for ``joined``."""
    return joined((CELL_WORDS.get(member, member) for member in sorted(members, key=MEMBERS.index)), last=last)


def end(cells: Iterable[int], is_open: bool) -> str:
    """Where a move begins or ends, in words: "4 or 7"; with an open end "7 or elsewhere"."""
    return joined([*sorted(cells), *([_("elsewhere")] if is_open else [])])


def ends(move: Move) -> dict[str, str]:
    """Both ends of a move, for sentences with a before and an after."""
    return {"before": end(move.from_cells, move.from_open), "after": end(move.to_cells, move.to_open)}


def joined(items: Sequence[object] | Iterable[object], *, last: str | None = None) -> str:
    """Join as in "a", "a or b", "a, b or c"; ``last`` is the word before the last one ("or" unless given)."""
    words = [str(item) for item in items]
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s %(or)s %(last)s") % {
        "first": ", ".join(words[:-1]), "or": last or _("or"), "last": words[-1],
    }  # fmt: skip
