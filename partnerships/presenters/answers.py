"""The answers of a record in words: rows of a summary, what is missing of them, and where two versions differ."""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.forms import choices
from partnerships.forms.fields import LEAD_MARK, iso_of
from partnerships.forms.layout import FOLDED
from partnerships.forms.values import Values
from partnerships.presenters import words
from partnerships.search import fold
from taxonomy.questions import PARTY_KINDS
from taxonomy.service_areas import DIVISIONS

Words = Callable[[Values], tuple[str, ...]]


@dataclass(frozen=True)
class Answer:
    """One row of the summary; ``url`` leads to its question. ``missing`` says what to answer where nothing stands."""

    field: str
    label: str
    lines: tuple[str, ...]
    url: str
    missing: str = ""


@dataclass(frozen=True)
class Part:
    """Rows that belong together."""

    title: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Gap:
    """Something that has to be answered before a draft can be handed in, and where."""

    text: str
    url: str


@dataclass(frozen=True)
class Difference:
    """One answer that two people gave differently. An empty side left it blank."""

    label: str
    mine: tuple[str, ...]
    theirs: tuple[str, ...]


def _text(field: str) -> Words:
    def of(values: Values) -> tuple[str, ...]:
        lines = (line.strip() for line in str(values.get(field) or "").splitlines())
        return tuple(line for line in lines if line)

    return of


def _chosen(field: str, options: Callable[[], choices.Choices]) -> Words:
    """The labels of the codes that are chosen; a code that is not on the list stands for itself."""

    def of(values: Values) -> tuple[str, ...]:
        labels = dict(options())
        value = values.get(field) or []
        codes = [value] if isinstance(value, str) else value
        return tuple(str(labels.get(code, code)) for code in codes if code)

    return of


def _areas(values: Values) -> tuple[str, ...]:
    """Each division with its groups behind it."""
    chosen = list(values.get("areas") or [])
    chosen += [code for code in DIVISIONS.codes if values.get(f"groups_{code}") and code not in chosen]
    lines = []
    for code in chosen:
        groups = _chosen(f"groups_{code}", lambda code=code: choices.groups(code))(values) if code in DIVISIONS else ()
        name = words.area(code) if code in DIVISIONS else code
        lines.append(f"{name}: {'; '.join(groups)}" if groups else name)
    return tuple(lines)


def _partners(values: Values) -> tuple[str, ...]:
    """Each kind that takes part, with the names behind it."""
    ticked = values.get("kinds") or []
    leads = {fold(name) for name in _text("leads")(values)}
    lines = []
    for kind in PARTY_KINDS:
        names = [_leading(name, leads) for name in _text(f"names_{kind.code}")(values)]
        if kind.code in ticked or names:
            lines.append(f"{_(kind.name)}: {'; '.join(names)}" if names else _(kind.name))
    return tuple(lines)


def _leading(name: str, leads: Set[str]) -> str:
    if name.startswith(LEAD_MARK) or fold(name) in leads:
        return _("%(name)s (leads)") % {"name": name.lstrip("* ") or "–"}
    return name


def _stage(values: Values) -> tuple[str, ...]:
    """Its name, its dates and whether it is only planned; nothing where all is as usual."""
    # Two ways to write one date are no difference.
    dates = [_("%(label)s %(date)s") % {"label": label, "date": iso_of(line) or line} for label, field in (
        (_("From"), "starts"), (_("to"), "ends")) for line in _text(field)(values)]  # fmt: skip
    planned = [_("only planned so far")] if values.get("planned") == "planned" else []
    return tuple(filter(None, (*_text("phase")(values), " ".join(dates), *planned)))


def _term(name: str) -> Callable[[], choices.Choices]:
    return lambda: choices.optional(name)


ROWS: tuple[tuple[Any, tuple[tuple[str, Any, Words], ...]], ...] = (
    (
        gettext_lazy("The partnership"),
        (
            ("title", gettext_lazy("Name"), _text("title")),
            ("unit", gettext_lazy("What it is"), _chosen("unit", _term("UNITS"))),
            ("country", gettext_lazy("Country"), _chosen("country", _term("COUNTRIES"))),
            ("nation", gettext_lazy("Nation or region"), _text("nation")),
            ("place", gettext_lazy("Town or area"), _text("place")),
            ("areas", gettext_lazy("About"), _areas),
            ("kinds", gettext_lazy("Who takes part"), _partners),
        ),
    ),
    (
        gettext_lazy("Who is responsible"),
        (
            ("design", gettext_lazy("Who designs it"), _chosen("design", lambda: choices.DESIGN)),
            ("delivery", gettext_lazy("Who delivers it"), _chosen("delivery", lambda: choices.DELIVERY)),
            ("reason", gettext_lazy("What that rests on"), _text("reason")),
            ("perspective", gettext_lazy("Whose view"), _chosen("perspective", _term("PERSPECTIVES"))),
        ),
    ),
    (
        gettext_lazy("More about it"),
        (
            ("summary", gettext_lazy("Summary"), _text("summary")),
            ("aliases", gettext_lazy("Other names"), _text("aliases")),
            ("other_countries", gettext_lazy("Other countries"), _text("other_countries")),
            ("phase", gettext_lazy("Stage"), _stage),
            ("vehicle", gettext_lazy("Way of buying, funding or planning"), _chosen("vehicle", _term("VEHICLES"))),
            ("risk", gettext_lazy("Who carries the risk"), _chosen("risk", _term("RISK_CARRIERS"))),
            ("tags", gettext_lazy("Tags"), _text("tags")),
        ),
    ),
)
ANYTHING_MORE = ROWS[-1][0]
LEFT_OUT_IF_BLANK = {"nation", "place"}


def parts(values: Values, edit_url: str, missing: Mapping[str, str]) -> tuple[Part, ...]:
    """The answers of a draft. Of what is optional only what was answered; ``missing`` has a message for each gap."""
    found = []
    for title, rows in ROWS:
        more = title == ANYTHING_MORE
        answers = [
            Answer(field, str(label), of(values), change_url(edit_url, field, more=more), missing.get(field, ""))
            for field, label, of in rows
        ]
        kept = [
            answer
            for answer in answers
            if answer.lines or answer.missing or not (more or answer.field in LEFT_OUT_IF_BLANK)
        ]
        if kept:
            found.append(Part(str(title), tuple(kept)))
    return tuple(found)


def change_url(edit_url: str, field: str, *, more: bool) -> str:
    """The question of a field in the form; a folded part is asked to stand open."""
    return f"{edit_url}{'?more=1' if more else ''}#div_id_{field}"


def gaps(errors: Mapping[str, list[str]], edit_url: str) -> tuple[Gap, ...]:
    """What a strict reading of a draft's answers finds missing, in the order of the form."""
    return tuple(
        Gap(str(message), change_url(edit_url, field, more=field in FOLDED))
        for field, messages in errors.items()
        for message in messages
    )


# What the answer on an axis says of who takes part: which kinds it speaks of, and what to say where none is ticked.
PUBLIC, OTHERS = frozenset({"public"}), frozenset({"third_sector", "community", "citizens"})
SPOKEN_OF = {"public": (PUBLIC,), "shared": (PUBLIC, OTHERS), "citizens_or_third_sector": (OTHERS,)}
NOT_TICKED = {
    ("design", PUBLIC): gettext_lazy(
        "You say that the public sector designs it, but ticked no public body under Who takes part."
    ),
    ("design", OTHERS): gettext_lazy(
        "You say that citizens or the third sector design it, but ticked no such group under Who takes part."
    ),
    ("delivery", PUBLIC): gettext_lazy(
        "You say that the public sector delivers it, but ticked no public body under Who takes part."
    ),
    ("delivery", OTHERS): gettext_lazy(
        "You say that citizens or the third sector deliver it, but ticked no such group under Who takes part."
    ),
}


def contradictions(values: Values, edit_url: str) -> tuple[Gap, ...]:
    """Answers that do not go together, each with a link to change one. They may be right, so they keep nobody back."""
    ticked = set(values.get("kinds") or [])
    return tuple(
        Gap(str(NOT_TICKED[axis, kinds]), change_url(edit_url, "kinds", more=False))
        for axis in ("design", "delivery")
        for kinds in SPOKEN_OF.get(str(values.get(axis) or ""), ())
        if ticked and not ticked & kinds
    )


def differences(mine: Values, theirs: Values) -> tuple[Difference, ...]:
    """Answers that are not the same in words."""
    pairs = [(str(label), of(mine), of(theirs)) for _title, rows in ROWS for _field, label, of in rows]
    return tuple(Difference(label, own, other) for label, own, other in pairs if own != other)
