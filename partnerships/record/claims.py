"""The claims of a record: what sources say, what people answered, and which of it is adopted."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.models import Assessment, Partnership, Phase, Statement
from partnerships.record.errors import RecordError, Where
from partnerships.record.reading import phase_named, read_cells, read_date
from partnerships.record.references import References
from partnerships.record.rows import Rows
from partnerships.record.shape import ASSESSMENT_FIELDS, CELL_FIELDS, STATEMENT_FIELDS
from partnerships.results import result_of, unanswered
from taxonomy import codebook
from taxonomy.derivation import AnswersError

Claim = Statement | Assessment


def statements(
    rows: Rows, partnership: Partnership, record: Mapping[str, Any], known: Mapping[str, list[Any]],
    phases: Mapping[str, Phase], references: References, where: Where,
) -> tuple[list[Statement], dict[str, Claim]]:  # fmt: skip
    """Take over the statements; returns them, and those that are adopted by the name of their phase."""
    wanted = []
    for row in record.get("statements", []):
        values = {name: row[name] for name in STATEMENT_FIELDS if name in row}
        values.update((name, read_cells(row.get(name), where)) for name in CELL_FIELDS)
        phase = phase_named(row, phases, where)
        values["source_id"] = references.source(row["source"], where).pk
        values["phase_id"] = phase.pk if phase else None
        wanted.append((_key_in(values), values))
    parent = {"partnership_id": partnership.pk}
    found = rows.sync_list(known["statements"], Statement, wanted, _key, parent, where)
    adopted: dict[str, Claim] = {}
    for row, statement in zip(record.get("statements", []), found, strict=True):
        statement.source = references.source(row["source"], where)
        if row.get("adopted"):
            adopted_once(adopted, {_adopting(row, phases, where): statement}, where)
    return found, adopted


KEY = ("phase_id", "source_id", "place", "kind", "perspective", "reading", "lens")
DEFAULTS = {name: Statement._meta.get_field(name).get_default() for name in KEY[2:]}


def _key(row: Statement) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in KEY)


def _key_in(values: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(values.get(name, DEFAULTS.get(name)) for name in KEY)


def _adopting(row: Mapping[str, Any], phases: Mapping[str, Phase], where: Where) -> str:
    """The phase whose position the statement is: its own, else the only one there is."""
    if row.get("phase"):
        return row["phase"]
    if len(phases) != 1:
        raise RecordError(where, _("an adopted statement names its phase"))
    return next(iter(phases))


def assessments(
    rows: Rows, record: Mapping[str, Any], known: list[Assessment], phases: Mapping[str, Phase], where: Where
) -> dict[str, Claim]:
    """Add the assessments that the register lacks; returns those that are adopted, by the name of their phase."""
    waiting: dict[str, list[Assessment]] = {}
    for row in known:
        if row.submitted_at:
            waiting.setdefault(_assessment_key(row), []).append(row)
    adopted: dict[str, Claim] = {}
    for row in record.get("assessments", []):
        candidate, name = _assessment_of(row, phases, where)
        same = waiting.get(_assessment_key(candidate))
        assessment = same.pop(0) if same else candidate
        if assessment is candidate:
            rows.put(candidate, {"created_at": timezone.now()}, (*where, Assessment._meta.verbose_name))
        if row.get("adopted"):
            adopted_once(adopted, {name: assessment}, where)
    return adopted


def _assessment_of(row: Mapping[str, Any], phases: Mapping[str, Phase], where: Where) -> tuple[Assessment, str]:
    phase = phase_named(row, phases, where)
    submitted = read_date(row.get("submitted"), where)
    if phase is None or submitted is None or row.get("codebook") not in codebook.CODEBOOKS:
        raise RecordError(where, _("an assessment has a phase, the date it was submitted and a known codebook version"))
    values = {name: row[name] for name in ASSESSMENT_FIELDS if name in row}
    submitted_at = datetime.combine(submitted, time.min, UTC)
    assessment = Assessment(phase_id=phase.pk, submitted_at=submitted_at, **values)
    if assessment.method == "guided":
        _put_result(assessment, (*where, Assessment._meta.verbose_name))
    return assessment, row["phase"]


def _put_result(assessment: Assessment, where: Where) -> None:
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


def adopted_once(adopted: dict[str, Claim], more: Mapping[str, Claim], where: Where) -> None:
    """Add to what is adopted; a phase adopts one claim. Raises ``RecordError``."""
    for name, claim in more.items():
        if name in adopted:
            raise RecordError(where, _("the phase “%(name)s” adopts two claims") % {"name": name})
        adopted[name] = claim
