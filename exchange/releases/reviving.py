"""A case as of a release, as rows that are in no database: so that what draws the case page of today draws it too.

Every relation that the page follows is filled in here, so that nothing asks the register, which may know better by now.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from django.urls import reverse
from django.utils import timezone

from exchange.releases.reading import Frozen, Row
from partnerships import dates
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
from partnerships.models.fields import bits_of, members_of
from partnerships.models.partnership import PUBLISHED
from partnerships.record import Record
from partnerships.record.shape import (
    ASSESSMENT_FIELDS,
    CELL_FIELDS,
    CHECKLIST_FIELDS,
    EVIDENCE_FIELDS,
    OWN_FIELDS,
    PARTNER_FIELDS,
    PHASE_FIELDS,
    STATEMENT_FIELDS,
)
from taxonomy.cells import cells_of
from taxonomy.lenses import PROFESSIONAL, SECTOR

# Who adopted a claim is in no release; whether it was a person is.
SOMEBODY = -1


def partnership_of(found: Frozen, number: int) -> Partnership:
    """The partnership of release ``number``, with all that a case page follows from it. Not to be saved."""
    record = found.record
    partnership = _row(
        Partnership, 1, slug=record["partnership_id"], status=PUBLISHED, **_fields(record, OWN_FIELDS),
        last_confirmed=date.fromisoformat(record["last_confirmed"]) if record["last_confirmed"] else None,
        updated_at=_noon(found.changed), part_of=_parent(found.parent, number),
    )  # fmt: skip
    sources = {slug: _source(row, place) for place, (slug, row) in enumerate(found.sources.items(), start=1)}
    phases = [
        _phase(partnership, *both, pk) for pk, both in _numbered(zip(record["phases"], found.phases, strict=True))
    ]
    by_name = {phase.name: phase for phase in phases}
    statements = [_statement(partnership, row, by_name, sources, pk) for pk, row in _numbered(record["statements"])]
    evidence = [_evidence(partnership, row, by_name, sources, pk) for pk, row in _numbered(record["evidence"])]
    assessments = [
        _assessment(row, more, by_name) for row, more in zip(record["assessments"], found.assessments, strict=True)
    ]
    items = [_item(row, by_name, sources, pk) for pk, row in _numbered(record["checklists"])]
    partners = [
        _row(Partner, pk, partnership=partnership, **_fields(row, PARTNER_FIELDS))
        for pk, row in _numbered(record["partners"])
    ]
    _fill(partnership, partners=partners, phases=phases, statements=statements, evidence=evidence)
    for phase in phases:
        mine = [row for row in assessments if row.phase is phase]
        _fill(phase, assessments=mine, checklist=[item for item in items if item.phase is phase])
    _adopt(record, phases, by_name, statements, assessments)
    _tell(partnership, record["case_study"])
    return partnership


def parts_of(found: Frozen, number: int) -> list[Partnership]:
    """The parts of the case in that release, as the list of parts on a case page takes them."""
    return [_part(row, pk, number) for pk, row in _numbered(found.parts)]


def _part(row: Row, pk: int, number: int) -> Partnership:
    part = _row(Partnership, pk + 1, title=row["title"], unit=row["unit"])
    part.now_cells = None if row["possible_cells"] is None else _cells(json.loads(row["possible_cells"]), row, "")
    part.now_certainty = row["certainty"] or ""
    part.now_design, part.now_delivery = row["design"] or "", row["delivery"] or ""
    return _linked(part, case_url(number, row["partnership_id"]))


def case_url(number: int, slug: str) -> str:
    """The page of a case as of a release."""
    return reverse("released-case", args=[number, slug])


# ---- Rows ------------------------------------------------------------------------------------------------------------


def _phase(partnership: Partnership, row: Record, more: Row, pk: int) -> Phase:
    positions = {
        f"{prefix}possible_cells": _cells(row[f"{prefix}possible_cells"], row, prefix)
        for prefix in ("", "professional_")
    }
    levels = {name: row[name] for name in ("design", "delivery", "professional_design", "professional_delivery")}
    phase = _row(
        Phase, pk, partnership=partnership, **_fields(row, PHASE_FIELDS), **_span(row), **levels, **positions,
        current=bool(more["current"]), adopted_at=_noon(more["adopted_on"]) if more["adopted_on"] else None,
        adopted_by_id=SOMEBODY if more["adopted_by"] == "curator" else None,
    )  # fmt: skip
    phase.cell, phase.professional_cell = more["cell"], more["professional_cell"]
    return phase


def _cells(stated: Iterable[int | str], row: Mapping[str, Any], prefix: str) -> frozenset[int | str]:
    """The possible cells: as they are stated, else all that fit the two responsibilities."""
    lens = PROFESSIONAL if prefix else SECTOR
    return _set(stated) or cells_of(row[f"{prefix}design"], row[f"{prefix}delivery"], lens)


def _statement(
    partnership: Partnership, row: Record, phases: Mapping[str, Phase], sources: Mapping[str, Source], pk: int
) -> Statement:
    values = _fields(row, STATEMENT_FIELDS) | {name: _set(row[name]) for name in CELL_FIELDS}
    return _row(
        Statement, pk, partnership=partnership, phase=phases.get(row["phase"]), source=sources[row["source"]], **values
    )


def _evidence(
    partnership: Partnership, row: Record, phases: Mapping[str, Phase], sources: Mapping[str, Source], pk: int
) -> Evidence:
    values = _fields(row, EVIDENCE_FIELDS)
    return _row(
        Evidence, pk, partnership=partnership, phase=phases.get(row["phase"]), source=sources[row["source"]], **values
    )


def _assessment(row: Record, more: Row, phases: Mapping[str, Phase]) -> Assessment:
    """By the order in which they were begun; the number of a voice stands for an account that is in no release."""
    return _row(
        Assessment, more["given"], phase=phases[row["phase"]], **_fields(row, ASSESSMENT_FIELDS),
        submitted_at=_noon(row["submitted"]), assessor_id=more["voice"],
    )  # fmt: skip


def _item(row: Record, phases: Mapping[str, Phase], sources: Mapping[str, Source], pk: int) -> ChecklistItem:
    values = _fields(row, CHECKLIST_FIELDS) | _span(row)
    return _row(ChecklistItem, pk, phase=phases[row["phase"]], source=sources.get(row["source"]), **values)


def _source(row: Row, pk: int) -> Source:
    """Links lead to the list of sources on the page itself: today's page of a source may say something else."""
    values = {name: row[name] for name in ("slug", "authors", "title", "year", "publisher", "kind", "url", "doi")}
    return _linked(_row(Source, pk, **values), f"#source-{row['slug']}")


def _adopt(
    record: Record, phases: list[Phase], by_name: Mapping[str, Phase], statements: list[Statement],
    assessments: list[Assessment],
) -> None:  # fmt: skip
    """Say which claim each position rests on."""
    for row, statement in zip(record["statements"], statements, strict=True):
        # A statement about the whole is adopted where there is one phase only.
        if row["adopted"]:
            (by_name[row["phase"]] if row["phase"] else phases[0]).adopted_statement = statement
    for row, assessment in zip(record["assessments"], assessments, strict=True):
        if row["adopted"]:
            by_name[row["phase"]].adopted_assessment = assessment


def _tell(partnership: Partnership, study: Record | None) -> None:
    """Add the case study. Pictures are in no release."""
    if study is None:
        Partnership._meta.get_field("case_study").set_cached_value(partnership, None)
        return
    values = {name: study[name] for name in ("headline", "body", "featured")}
    row = _row(CaseStudy, 1, partnership=partnership, **values)
    lessons = [_row(Lesson, pk, case_study=row, **lesson) for pk, lesson in _numbered(study["lessons"])]
    _fill(row, lessons=lessons, images=[])


def _parent(row: Row | None, number: int) -> Partnership | None:
    if row is None:
        return None
    parent = _row(Partnership, 0, slug=row["partnership_id"], title=row["title"], status=PUBLISHED)
    return _linked(parent, case_url(number, row["partnership_id"]))


# ---- Small steps -----------------------------------------------------------------------------------------------------


def _row(model: Any, pk: int, **values: Any) -> Any:
    """A row that has a key and is in no database."""
    return model(pk=pk, **values)


def _linked(row: Any, url: str) -> Any:
    """The same row with another address."""
    row.get_absolute_url = lambda: url
    return row


def _fill(row: Any, **relations: list[Any]) -> None:
    """Put rows in the place where Django keeps those that it has fetched beforehand."""
    row._prefetched_objects_cache = relations


def _numbered(rows: Iterable[Any]) -> Iterable[tuple[int, Any]]:
    """Rows with keys in their order."""
    return enumerate(rows, start=1)


def _fields(row: Mapping[str, Any], names: tuple[str, ...]) -> Record:
    return {name: row[name] for name in names if name in row}


def _span(row: Record) -> Record:
    starts, starts_precision = dates.parse(row["starts"])
    ends, ends_precision = dates.parse(row["ends"], end=True)
    return {"starts": starts, "starts_precision": starts_precision, "ends": ends, "ends_precision": ends_precision}


def _set(members: Iterable[int | str]) -> frozenset[int | str]:
    return members_of(bits_of(members))


def _noon(day: str) -> datetime:
    """A moment of that day, wherever the clock of the register stands."""
    return timezone.make_aware(datetime.combine(date.fromisoformat(day), time(12)))
