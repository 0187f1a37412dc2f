"""The answers of a record in words: rows of a summary, what is missing of them, and where two versions differ."""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships import dates
from partnerships.forms import choices
from partnerships.forms.fields import LEAD_MARK, iso_of
from partnerships.forms.values import Values
from partnerships.presenters import words
from partnerships.presenters.record_words import day
from partnerships.search import fold
from taxonomy.questions import PARTY_KINDS
from taxonomy.service_areas import DIVISIONS

UrlOf = Callable[[str], str]
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


def _besides(values: Values) -> tuple[str, ...]:
    """Each partner that does something besides, or stands between the sectors, with what that is and why."""
    lines = []
    for key, kind, name in values.get("parties") or []:
        what = [*_chosen(f"roles_{key}", _term("ROLES"))(values)]
        if values.get(f"hybrid_{key}"):
            what.append(_("stands between the sectors"))
        note = " ".join(_text(f"note_{key}")(values))
        if what or note:
            who = name or str(dict(choices.KINDS)[kind])
            lines.append(f"{who}: {'; '.join(filter(None, [*what, note]))}")
    return tuple(lines)


def _stage(values: Values) -> tuple[str, ...]:
    """Its name, its dates and whether it is only planned; nothing where all is as usual."""
    # Two ways to write one date are no difference.
    typed = (_text(field)(values) for field in ("starts", "ends"))
    starts, ends = (" ".join(day(iso_of(line) or line) for line in lines) for lines in typed)
    planned = [_("only planned so far")] if values.get("planned") == "planned" else []
    return tuple(filter(None, (*_text("phase")(values), capfirst(dates.span(starts, ends)), *planned)))


def _term(name: str) -> Callable[[], choices.Choices]:
    return lambda: choices.optional(name)


@dataclass(frozen=True)
class Rows:
    """Rows of the summary under one heading: field, label, and how its answer is put into words."""

    title: Any
    rows: tuple[tuple[str, Any, Words], ...]


ABOUT = Rows(
    gettext_lazy("The partnership"),
    (
        ("title", gettext_lazy("Name"), _text("title")),
        ("unit", gettext_lazy("What it is"), _chosen("unit", _term("UNITS"))),
        ("country", gettext_lazy("Country"), _chosen("country", _term("COUNTRIES"))),
        ("nation", gettext_lazy("Nation or region"), _text("nation")),
        ("place", gettext_lazy("Town or area"), _text("place")),
        ("areas", gettext_lazy("About"), _areas),
    ),
)
WHO = Rows(
    gettext_lazy("Who takes part"),
    (
        ("kinds", gettext_lazy("Who takes part"), _partners),
        ("roles", gettext_lazy("What else they do"), _besides),
    ),
)
STAGE = Rows(gettext_lazy("Stage"), (("phase", gettext_lazy("Stage"), _stage),))
MORE = Rows(
    gettext_lazy("More about it"),
    (
        ("summary", gettext_lazy("Summary"), _text("summary")),
        ("aliases", gettext_lazy("Other names"), _text("aliases")),
        ("other_countries", gettext_lazy("Other countries"), _text("other_countries")),
        ("vehicle", gettext_lazy("Way of buying, funding or planning"), _chosen("vehicle", _term("VEHICLES"))),
        ("risk", gettext_lazy("Who carries the risk"), _chosen("risk", _term("RISK_CARRIERS"))),
        ("tags", gettext_lazy("Tags"), _text("tags")),
    ),
)
LEFT_OUT_IF_BLANK = {"nation", "place", "roles", *(field for field, _label, _words in MORE.rows)}


def part(rows: Rows, values: Values, url_of: UrlOf, missing: Mapping[str, str]) -> Part:
    """The answers under one heading. Of what is optional only what was answered; ``missing`` says where there are gaps.

    ``url_of`` gives the address at which a field is changed, or "".
    """
    answers = [
        Answer(field, str(label), of(values), url_of(field), missing.get(field, "")) for field, label, of in rows.rows
    ]
    kept = [answer for answer in answers if answer.lines or answer.missing or answer.field not in LEFT_OUT_IF_BLANK]
    return Part(str(rows.title), tuple(kept))


def stage_lines(values: Values) -> tuple[str, ...]:
    """The dates of a stage, and whether it is only planned."""
    return _stage({**values, "phase": ""})


def gaps(errors: Mapping[str, list[str]], url_of: UrlOf) -> tuple[Gap, ...]:
    """What a strict reading of a draft's answers finds missing, in the order of the form."""
    return tuple(Gap(str(message), url_of(field)) for field, messages in errors.items() for message in messages)


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


def contradictions(kinds: Set[str], design: str, delivery: str, url: str) -> tuple[Gap, ...]:
    """What was stated directly and does not go with who takes part; ``url`` leads to that question.

    It may be right all the same, so it keeps nobody back.
    """
    return tuple(
        Gap(str(NOT_TICKED[axis, spoken_of]), url)
        for axis, stated in (("design", design), ("delivery", delivery))
        for spoken_of in SPOKEN_OF.get(stated, ())
        if kinds and not kinds & spoken_of
    )


def differences(mine: Values, theirs: Values) -> tuple[Difference, ...]:
    """Answers that are not the same in words."""
    rows = [row for each in (ABOUT, WHO, STAGE, MORE) for row in each.rows]
    pairs = [(str(label), of(mine), of(theirs)) for _field, label, of in rows]
    return tuple(Difference(label, own, other) for label, own, other in pairs if own != other)
