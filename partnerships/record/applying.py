"""From the record to the register: one step that makes a partnership equal to its record."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Organisation
from partnerships import dates
from partnerships.images import forget_files
from partnerships.index import reindex
from partnerships.models import (
    Assessment,
    CaseStudy,
    ChecklistItem,
    Evidence,
    Lesson,
    Partner,
    Partnership,
    Phase,
    Source,
    Statement,
)
from partnerships.record.shape import (
    ASSESSMENT_FIELDS,
    CELL_FIELDS,
    CHECKLIST_FIELDS,
    EVIDENCE_FIELDS,
    KEYS,
    ORGANISATION_FIELDS,
    OWN_FIELDS,
    PARTNER_FIELDS,
    PHASE_FIELDS,
    SOURCE_FIELDS,
    STATEMENT_FIELDS,
    Record,
)
from partnerships.record.syncing import (
    RecordError,
    find,
    find_all,
    no_repetition,
    phase_named,
    put,
    read_cells,
    read_date,
    save,
    sync,
    sync_list,
)
from partnerships.record.writing import reference
from partnerships.results import result_of, unanswered
from taxonomy import codebook
from taxonomy.cells import cells_of
from taxonomy.derivation import AnswersError
from taxonomy.lenses import LENSES, Lens
from taxonomy.vocabulary import CHECKLIST_ITEMS


def apply_source(record: Mapping[str, Any]) -> Source:
    """Make the source of this slug equal to its record."""
    where = f"source {record['slug']}"
    source = Source.objects.filter(slug=record["slug"]).first() or Source(slug=record["slug"])
    values = {name: record.get(name, Source._meta.get_field(name).get_default()) for name in SOURCE_FIELDS}
    values["accessed"] = read_date(record.get("accessed"), where)
    put(source, values, where)
    return source


def apply_organisation(record: Mapping[str, Any]) -> Organisation:
    """Make the organisation of this slug equal to its record."""
    organisation = Organisation.objects.filter(slug=record["slug"]).first() or Organisation(slug=record["slug"])
    put(organisation, {name: record.get(name, "") for name in ORGANISATION_FIELDS}, f"organisation {record['slug']}")
    return organisation


@transaction.atomic
def apply_record(record: Mapping[str, Any], partnership: Partnership) -> Partnership:
    """Make a partnership equal to a complete record: what the record lacks goes, what differs changes.

    Submitted assessments are claims of people: a record may bring one that the register lacks (without a name), and
    never takes one away or changes it. Raises ``RecordError``; then nothing was written.
    """
    where = record.get("partnership_id") or record.get("title") or "?"
    unknown = set(record) - set(KEYS)
    if unknown:
        raise RecordError(where, _("unknown key “%(key)s”") % {"key": sorted(unknown)[0]})
    _apply_own(record, partnership, where)
    _apply_partners(record, partnership, where)
    phases = _apply_phases(record, partnership, where)
    adopted = _apply_statements(record, partnership, phases, where)
    _adopted_once(adopted, _apply_assessments(record, phases, where), where)
    for phase in phases.values():
        _note_adoption(phase, adopted.get(phase.name))
    _apply_evidence(record, partnership, phases, where)
    _apply_checklists(record, partnership, phases, where)
    _apply_case_study(record.get("case_study"), partnership, where)
    reindex(partnership)
    return partnership


def _apply_own(record: Mapping[str, Any], partnership: Partnership, where: str) -> None:
    values = {name: record[name] for name in OWN_FIELDS if name in record}
    parent = record.get("part_of") or ""
    # A parent that is no longer public is not named in the record, and stays.
    if parent != reference(partnership.part_of):
        values["part_of"] = find(Partnership, parent, where) if parent else None
    values["last_confirmed"] = read_date(record.get("last_confirmed"), where)
    put(partnership, values, where)


def _apply_partners(record: Mapping[str, Any], partnership: Partnership, where: str) -> None:
    rows = record.get("partners", [])
    no_repetition(((row["kind"], row.get("name", "")) for row in rows), f"{where} / {_('partner')}")
    wanted = {}
    for row in rows:
        values = {name: row[name] for name in PARTNER_FIELDS if name in row}
        values["organisation"] = find(Organisation, row["organisation"], where) if row.get("organisation") else None
        wanted[row["kind"], row.get("name", "")] = values
    sync(partnership.partners, Partner, wanted, lambda row: (row.kind, row.name), {"partnership": partnership}, where)


# ---- Phases ----------------------------------------------------------------------------------------


def _apply_phases(record: Mapping[str, Any], partnership: Partnership, where: str) -> dict[str, Phase]:
    rows = record.get("phases", [])
    no_repetition((row["name"] for row in rows), f"{where} / {_('phase')}")
    wanted = {row["name"]: _phase_values(row, place, where) for place, row in enumerate(rows, start=1)}
    _refuse_lost_assessments(partnership, wanted, where)
    orders = dict(partnership.phases.values_list("name", "order"))
    if any(name in wanted and order != wanted[name]["order"] for name, order in orders.items()):
        # Out of the way first, so that two phases may change places.
        partnership.phases.update(order=models.F("order") + 1000)
    return sync(partnership.phases, Phase, wanted, lambda row: row.name, {"partnership": partnership}, where)


def _phase_values(row: Mapping[str, Any], place: int, where: str) -> Record:
    where = f"{where} / {_('phase')} {row['name']}"
    values = {"order": place, **{name: row[name] for name in PHASE_FIELDS if name in row}, **_span(row, where)}
    for prefix, lens in (("", LENSES["sector"]), ("professional_", LENSES["professional"])):
        design, delivery = (_level(row, f"{prefix}{axis}", lens, where) for axis in ("design", "delivery"))
        stated = read_cells(row.get(f"{prefix}possible_cells"), where)
        values[f"{prefix}design"], values[f"{prefix}delivery"] = design, delivery
        values[f"{prefix}possible_cells"] = stated or cells_of(design or None, delivery or None, lens)
    return values


def _span(row: Mapping[str, Any], where: str) -> Record:
    """The start and the last day of a phase or an item, each as exactly as it is known."""
    try:
        starts, starts_precision = dates.parse(row.get("starts", ""))
        ends, ends_precision = dates.parse(row.get("ends", ""), end=True)
    except ValueError as error:
        raise RecordError(where, str(error)) from error
    return {"starts": starts, "starts_precision": starts_precision, "ends": ends, "ends_precision": ends_precision}


def _level(row: Mapping[str, Any], name: str, lens: Lens, where: str) -> str:
    level = row.get(name, "")
    if level and level not in {known.code for known in lens.levels}:
        raise RecordError(where, _("“%(code)s” is not a known code.") % {"code": level})
    return level


def _refuse_lost_assessments(partnership: Partnership, wanted: Mapping[str, Any], where: str) -> None:
    lost = Assessment.objects.filter(phase__partnership=partnership, submitted_at__isnull=False)
    name = lost.exclude(phase__name__in=wanted).values_list("phase__name", flat=True).first()
    if name is not None:
        raise RecordError(where, _("the phase “%(name)s” has assessments, so it cannot go") % {"name": name})


# ---- Claims ----------------------------------------------------------------------------------------


def _apply_statements(
    record: Mapping[str, Any], partnership: Partnership, phases: dict[str, Phase], where: str
) -> dict[str, Statement | Assessment]:
    """Take over the statements; returns those that are adopted, by the name of their phase."""
    rows = record.get("statements", [])
    sources = find_all(Source, (row["source"] for row in rows), where)
    wanted = []
    for row in rows:
        values = {name: row[name] for name in STATEMENT_FIELDS if name in row}
        values.update((name, read_cells(row.get(name), where)) for name in CELL_FIELDS)
        values["source"] = sources[row["source"]]
        values["phase"] = phase_named(row, phases, where)
        wanted.append((_statement_key(Statement(**values)), values))
    _release(phases, {key for key, _values in wanted})
    saved = sync_list(partnership.statements, Statement, wanted, _statement_key, {"partnership": partnership}, where)
    adopted: dict[str, Statement | Assessment] = {}
    for row, statement in zip(rows, saved, strict=True):
        if row.get("adopted"):
            _adopted_once(adopted, {_adopting(statement, phases, where): statement}, where)
    return adopted


def _release(phases: dict[str, Phase], kept: set[tuple[Any, ...]]) -> None:
    """Let go of adopted statements that the record lacks: the database deletes none that a position rests on."""
    for phase in phases.values():
        if phase.adopted_statement and _statement_key(phase.adopted_statement) not in kept:
            phase.adopted_statement = None
            phase.save()


def _statement_key(row: Statement) -> tuple[Any, ...]:
    return row.phase_id, row.source_id, row.place, row.kind, row.perspective, row.reading, row.lens


def _adopting(statement: Statement, phases: dict[str, Phase], where: str) -> str:
    """The phase whose position the statement is: its own, else the only one there is."""
    if statement.phase:
        return statement.phase.name
    if len(phases) != 1:
        raise RecordError(where, _("an adopted statement names its phase"))
    return next(iter(phases))


def _apply_assessments(record: Mapping[str, Any], phases: dict[str, Phase], where: str) -> dict[str, Assessment]:
    """Add the assessments that the register lacks; returns those that are adopted, by the name of their phase."""
    known: dict[str, list[Assessment]] = {}
    if record.get("assessments"):
        for row in Assessment.objects.filter(phase__in=phases.values(), submitted_at__isnull=False).order_by("pk"):
            known.setdefault(_assessment_key(row), []).append(row)
    adopted: dict[str, Assessment] = {}
    for row in record.get("assessments", []):
        candidate = _assessment_of(row, phases, where)
        same = known.get(_assessment_key(candidate))
        assessment = same.pop(0) if same else candidate
        if assessment is candidate:
            save(candidate, f"{where} / {_('assessment')}")
        if row.get("adopted"):
            _adopted_once(adopted, {candidate.phase.name: assessment}, where)
    return adopted


def _assessment_of(row: Mapping[str, Any], phases: dict[str, Phase], where: str) -> Assessment:
    phase = phase_named(row, phases, where)
    submitted = read_date(row.get("submitted"), where)
    if phase is None or submitted is None or row.get("codebook") not in codebook.CODEBOOKS:
        raise RecordError(where, _("an assessment has a phase, the date it was submitted and a known codebook version"))
    values = {name: row[name] for name in ASSESSMENT_FIELDS if name in row}
    assessment = Assessment(phase=phase, submitted_at=datetime.combine(submitted, time.min, UTC), **values)
    if assessment.method == "guided":
        _put_result(assessment, f"{where} / {_('assessment')}")
    return assessment


def _put_result(assessment: Assessment, where: str) -> None:
    """Records carry answers and no results: the rule of their codebook gives the result again."""
    try:
        assessment.result = result_of(assessment)
    except AnswersError as error:
        raise RecordError(where, str(error)) from error
    if lacking := unanswered(assessment):
        raise RecordError(
            where, _("“%(task)s” has no answer; where it is not known, a kind has “unknown”") % {"task": lacking[0]}
        )


def _assessment_key(row: Assessment) -> str:
    fields = [getattr(row, name) for name in ASSESSMENT_FIELDS]
    return json.dumps([row.phase_id, row.submitted_at.astimezone(UTC).date().isoformat(), *fields], sort_keys=True)


def _adopted_once(adopted: dict[str, Any], more: Mapping[str, Any], where: str) -> None:
    """Add to what is adopted; a phase adopts one claim."""
    for name, claim in more.items():
        if name in adopted:
            raise RecordError(where, _("the phase “%(name)s” adopts two claims") % {"name": name})
        adopted[name] = claim


def _note_adoption(phase: Phase, claim: Statement | Assessment | None) -> None:
    """Say which claim the position rests on. The position itself stands in the record."""
    statement = claim if isinstance(claim, Statement) else None
    assessment = claim if isinstance(claim, Assessment) else None
    now = (statement.pk if statement else None, assessment.pk if assessment else None)
    if (phase.adopted_statement_id, phase.adopted_assessment_id) == now:
        return
    phase.adopted_statement, phase.adopted_assessment = statement, assessment
    phase.adopted_by, phase.adopted_at = None, timezone.now() if claim else None
    phase.save()


# ---- Evidence, checklists and case study -------------------------------------------------------------------------


def _apply_evidence(record: Mapping[str, Any], partnership: Partnership, phases: dict[str, Phase], where: str) -> None:
    rows = record.get("evidence", [])
    sources = find_all(Source, (row["source"] for row in rows), where)
    wanted = []
    for row in rows:
        values = {name: row[name] for name in EVIDENCE_FIELDS if name in row}
        values["source"] = sources[row["source"]]
        values["phase"] = phase_named(row, phases, where)
        wanted.append((_evidence_key(Evidence(**values)), values))
    sync_list(partnership.evidence, Evidence, wanted, _evidence_key, {"partnership": partnership}, where)


def _evidence_key(row: Evidence) -> tuple[Any, ...]:
    return row.phase_id, row.source_id, row.place


def _apply_checklists(
    record: Mapping[str, Any], partnership: Partnership, phases: dict[str, Phase], where: str
) -> None:
    rows = record.get("checklists", [])
    no_repetition(((row.get("phase", ""), row["item"]) for row in rows), f"{where} / {_('checklists')}")
    sources = find_all(Source, (row["source"] for row in rows if row.get("source")), where)
    wanted = {}
    for row in rows:
        there = f"{where} / {_('checklists')} {row['item']}"
        phase = phase_named(row, phases, there)
        if phase is None:
            raise RecordError(there, _("an item of a checklist names its phase"))
        if row["item"] not in CHECKLIST_ITEMS.codes:
            raise RecordError(there, _("no checklist has this item"))
        values = {name: row[name] for name in CHECKLIST_FIELDS if name in row}
        wanted[phase.pk, row["item"]] = {
            **values, **_span(row, there), "phase": phase, "source": sources.get(row.get("source", "")),
        }  # fmt: skip
    items = ChecklistItem.objects.filter(phase__partnership=partnership)
    sync(items, ChecklistItem, wanted, lambda row: (row.phase_id, row.item), {}, where)


def _apply_case_study(record: Mapping[str, Any] | None, partnership: Partnership, where: str) -> None:
    study = CaseStudy.objects.filter(partnership=partnership).first()
    if record is None:
        if study:
            forget_files(study.images.all())
            study.delete()
        return
    study = study or CaseStudy(partnership=partnership)
    put(study, {name: record[name] for name in ("headline", "body", "featured") if name in record}, where)
    wanted = [((row["theme"], row["text"]), dict(row)) for row in record.get("lessons", [])]
    sync_list(study.lessons, Lesson, wanted, lambda row: (row.theme, row.text), {"case_study": study}, where)
