"""What differs between two complete records, in words: for proposed changes, imports and the log of a release."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.models import CaseStudy, Partnership, Phase
from partnerships.presenters import record_words as say
from partnerships.presenters.record_claims import assessment_title
from partnerships.presenters.record_pairs import Difference, field, listed, pair
from partnerships.presenters.record_rows import ASSESSED, CHECKED, PARTNERS, STATED, SUPPORTED, Rows, cited
from partnerships.presenters.record_words import PhaseWords, Titles, titles_of
from partnerships.record import Record
from partnerships.record.shape import OWN_FIELDS
from partnerships.three_way import Version
from taxonomy.lenses import LENSES

__all__ = ["Difference", "differences", "titles_of", "versions_compared"]

ABOUT = gettext_lazy("The partnership")
WHO = gettext_lazy("Who takes part")
STATEMENTS = gettext_lazy("What sources state")
EVIDENCE = gettext_lazy("Evidence")
ASSESSMENTS = gettext_lazy("Assessments")
CHECKLISTS = gettext_lazy("Checklists")
STUDY = gettext_lazy("Case study")


def differences(
    before: Record | None, after: Record, *, renamed: Mapping[str, str] | None = None, titles: Titles | None = None,
    words: PhaseWords = say.PHASES,
) -> tuple[Difference, ...]:  # fmt: skip
    """What differs, part by part. ``before`` is None for a record that is new.

    ``renamed`` maps a phase's name in ``after`` to its name in ``before``. ``titles`` are what sources, organisations
    and partnerships are called (``record_words.titles_of``); an address that it lacks stands for itself.
    ``words``: what phases are called; to officers they are stages (``record_words.STAGES``).
    """
    before, titles = before or {}, titles or {}
    several = len(after.get("phases") or ()) > 1
    old = _under_new_names(before, renamed or {})
    rows = Rows(titles, several, words)
    return (
        *_own(before, after, titles),
        *rows.of(WHO, PARTNERS, old, after),
        *_phases(before, after, renamed or {}, titles, words),
        *rows.of(ASSESSMENTS, ASSESSED, old, after),
        *rows.of(STATEMENTS, STATED, old, after),
        *rows.of(EVIDENCE, SUPPORTED, old, after),
        *rows.of(CHECKLISTS, CHECKED, old, after),
        *_study(before.get("case_study") or {}, after.get("case_study") or {}),
    )


def versions_compared(
    before: Version, after: Version, titles: Titles | None = None, *, words: PhaseWords = say.PHASES
) -> tuple[Difference, ...]:  # fmt: skip
    """Two versions compared, a phase that is called otherwise being the same. ``titles`` are looked up unless given."""
    renamed = {name: before.names[one] for one, name in after.names.items() if before.names.get(one, name) != name}
    titles = titles_of(before.record, after.record) if titles is None else titles
    return differences(before.record, after.record, renamed=renamed, titles=titles, words=words)


def _under_new_names(record: Record, renamed: Mapping[str, str]) -> Record:
    """The same record with the phases' new names in all that speaks of a phase."""
    new = {old: name for name, old in renamed.items()}
    parts = ("statements", "evidence", "assessments", "checklists")
    return {
        name: [{**row, "phase": new.get(row.get("phase", ""), row.get("phase", ""))} for row in value or ()]
        if name in parts
        else value
        for name, value in record.items()
    }


def _own(before: Record, after: Record, titles: Titles) -> Iterable[Difference]:
    for name in OWN_FIELDS:
        yield from field(ABOUT, Partnership, name, before.get(name), after.get(name))
    parents = [record.get("part_of") or "" for record in (before, after)]
    yield from pair(ABOUT, say.label(Partnership, "part_of"), *(titles.get(slug, slug) for slug in parents))
    days = [say.day(record.get("last_confirmed") or "") for record in (before, after)]
    yield from pair(ABOUT, say.label(Partnership, "last_confirmed"), *days)


# ---- Phases ------------------------------------------------------------------------------------------

PHASE_TEXTS = ("certainty", "confidence", "reason", "rationale")


def _phases(
    before: Record, after: Record, renamed: Mapping[str, str], titles: Titles, words: PhaseWords
) -> Iterable[Difference]:  # fmt: skip
    old = {row["name"]: row for row in before.get("phases") or ()}
    new = {row["name"]: row for row in after.get("phases") or ()}
    was = {name: renamed.get(name, name) for name in new}
    for name, row in new.items():
        yield from _names(words, old.get(was[name], {}), row)
        yield from _phase(words.heading(name), before, after, old.get(was[name], {}), row, titles)
    for name, row in old.items():
        if name not in was.values():
            yield from _names(words, row, {})
            yield from _phase(words.heading(name), before, after, row, {}, titles)
    here = {old_name: name for name, old_name in was.items() if old_name in old}
    orders = [here[name] for name in old if name in here], [name for name in new if was[name] in old]
    yield from pair(words.several, _("Order"), *("; ".join(words.name(name) for name in names) for names in orders))


def _names(words: PhaseWords, old: Record, new: Record) -> Iterable[Difference]:
    names = [words.name(row["name"]) if row else "" for row in (old, new)]
    return pair(words.heading((new or old)["name"]), say.label(Phase, "name"), *names)


def _phase(
    part: str, before: Record, after: Record, old: Record, new: Record, titles: Titles
) -> Iterable[Difference]:  # fmt: skip
    yield from pair(part, _("Dates"), say.span(old), say.span(new))
    yield from pair(part, _("Planned or actual"), _kind(old), _kind(new))
    for prefix, lens in (("", LENSES["sector"]), ("professional_", LENSES["professional"])):
        for axis in ("design", "delivery"):
            name = f"{prefix}{axis}"
            codes = old.get(name) or "", new.get(name) or ""
            if codes[0] != codes[1]:
                shown = (say.level(lens, code) if row else "" for row, code in zip((old, new), codes, strict=True))
                yield from pair(part, AXES[name], *shown)
        yield from pair(part, CELLS[prefix], say.beyond(old, prefix, lens), say.beyond(new, prefix, lens))
    for name in PHASE_TEXTS:
        yield from field(part, Phase, name, old.get(name), new.get(name))
    yield from pair(part, _("Claim it rests on"), _adopted(before, old, titles), _adopted(after, new, titles))


AXES = {
    "design": gettext_lazy("Design"),
    "delivery": gettext_lazy("Delivery"),
    "professional_design": gettext_lazy("Design, by profession"),
    "professional_delivery": gettext_lazy("Delivery, by profession"),
}
CELLS = {"": gettext_lazy("Possible cells"), "professional_": gettext_lazy("Possible cells, by profession")}


def _kind(phase: Record) -> str:
    if not phase:
        return ""
    return _("planned") if phase.get("planned") else _("actual")


def _adopted(record: Record, phase: Record, titles: Titles) -> str:
    """The claim that a phase adopts, in words; "" for none."""
    if not phase:
        return ""
    only = len(record["phases"]) == 1
    for name, title in (("assessments", assessment_title), ("statements", lambda row: cited(row, titles))):
        for row in record.get(name) or ():
            if row.get("adopted") and (row.get("phase") == phase["name"] or (only and not row.get("phase"))):
                return title(row)
    return ""


# ---- The case study ----------------------------------------------------------------------------------


def _study(before: Record, after: Record) -> Iterable[Difference]:
    for name in ("headline", "body", "featured"):
        yield from field(STUDY, CaseStudy, name, before.get(name), after.get(name))
    lessons = [[_lesson(row) for row in study.get("lessons") or ()] for study in (before, after)]
    yield from listed(STUDY, _("Lessons"), *lessons)


def _lesson(row: Record) -> str:
    return f"{say.term('LESSON_THEMES', row.get('theme', ''))}: {row.get('text', '')}"
