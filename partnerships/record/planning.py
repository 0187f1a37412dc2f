"""From a record to rows: what would have to be written to make a partnership equal to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from partnerships import index
from partnerships.models import Assessment, Facet, Partner, Partnership, Phase
from partnerships.record import claims, extras
from partnerships.record.errors import RecordError, Where
from partnerships.record.keys import Keys
from partnerships.record.reading import no_repetition, read_cells, read_date, read_level, read_span
from partnerships.record.references import References
from partnerships.record.rows import Rows
from partnerships.record.shape import KEYS, OWN_FIELDS, PARTNER_FIELDS, PHASE_FIELDS, Record
from partnerships.record.writing import complete, reference
from taxonomy.cells import cells_of
from taxonomy.lenses import LENSES

PARTNER, PHASE = gettext_lazy("partner"), gettext_lazy("phase")
PARTS = ("partners", "phases", "statements", "evidence", "facets")


@dataclass
class Plan:
    """What one record asks for. ``changed``: whether the record itself differs from what the register holds;
    a known partnership then gets the next version."""

    partnership: Partnership
    rows: Rows
    new: bool
    changed: bool = False
    facets: list[tuple[str, str]] = field(default_factory=list)
    facets_gone: list[int] = field(default_factory=list)


def plannable(partnerships: QuerySet[Partnership] | None = None) -> QuerySet[Partnership]:
    """These partnerships with all that ``plan`` compares, in a fixed number of queries."""
    return complete(partnerships).prefetch_related(
        "facets", "case_study__images", "phases__adopted_statement", "phases__adopted_assessment"
    )


def plan(
    record: Mapping[str, Any], partnership: Partnership, references: References, keys: Keys,
    *, by: User | None = None, renamed: Mapping[str, str] | None = None,
) -> Plan:  # fmt: skip
    """Work out the rows that make a partnership equal to a complete record; nothing is written.

    ``partnership`` is a new one, or one fetched as ``plannable``; its fields and parts are set as they will be. ``by``
    is who adopts what the record adopts anew (None: the library). ``renamed`` gives, for a phase that the record calls
    by a new name, its name in the register. Submitted assessments are claims of people: a record may bring one that the
    register lacks (without a name), and never takes one away or changes it. Raises ``RecordError``.
    """
    where = (record.get("partnership_id") or record.get("title") or "?",)
    unknown = set(record) - set(KEYS)
    if unknown:
        raise RecordError(where, _("unknown key “%(key)s”") % {"key": sorted(unknown)[0]})
    made = Plan(partnership, Rows(keys), new=partnership.pk is None)
    known = _parts(partnership)
    _own(made, record, references, where)
    known["partners"] = _partners(made, record, known["partners"], references, where)
    phases = _phases(made, record, known["phases"], renamed or {}, where)
    statements, adopted = claims.statements(made.rows, partnership, record, known, phases, references, where)
    claims.adopted_once(adopted, claims.assessments(made.rows, record, known["assessments"], phases, where), where)
    for phase in phases.values():
        _note_adoption(made.rows, phase, adopted.get(phase.name), by)
    evidence = extras.evidence(made.rows, partnership, record, known["evidence"], phases, references, where)
    extras.checklists(made.rows, record, known["checklists"], phases, references, where)
    extras.case_study(made.rows, partnership, record.get("case_study"), where)
    made.changed = made.rows.any
    made.rows.check()
    _remember(partnership, known["partners"], list(phases.values()), statements, evidence)
    _index(made, known["facets"])
    if made.changed and not made.new:
        # Whoever has it open learns that it changed.
        partnership.version += 1
        made.rows.mark(partnership, where)
    return made


def _parts(partnership: Partnership) -> dict[str, list[Any]]:
    """The parts there are, in the order in which they were added."""
    if partnership.pk is None:
        return {name: [] for name in (*PARTS, "assessments", "checklists")}
    parts = {name: sorted(getattr(partnership, name).all(), key=lambda row: row.pk) for name in PARTS}
    phases = parts["phases"]
    return parts | {
        "assessments": [row for phase in phases for row in sorted(phase.assessments.all(), key=lambda row: row.pk)],
        "checklists": [row for phase in phases for row in phase.checklist.all()],
    }


def _own(made: Plan, record: Mapping[str, Any], references: References, where: Where) -> None:
    values = {name: record[name] for name in OWN_FIELDS if name in record}
    parent = record.get("part_of") or ""
    # A parent that is no longer public is not named in the record, and stays.
    was = made.partnership.part_of if made.partnership.part_of_id else None
    promised = None
    if parent not in (reference(was), reference(was, hidden=True)):
        there = references.parent(parent, where) if parent else None
        values["part_of_id"] = there.pk if there else None
        promised = parent if parent and there is None else None
    values["last_confirmed"] = read_date(record.get("last_confirmed"), where)
    made.rows.put(made.partnership, values, where)
    if promised:
        made.rows.parents.append((made.partnership.pk, promised))


def _partners(
    made: Plan, record: Mapping[str, Any], known: list[Partner], references: References, where: Where
) -> list[Partner]:
    rows = record.get("partners", [])
    no_repetition(((row["kind"], row.get("name", "")) for row in rows), (*where, PARTNER))
    wanted = {}
    for row in rows:
        values = {name: row[name] for name in PARTNER_FIELDS if name in row}
        slug = row.get("organisation")
        values["organisation_id"] = references.organisation(slug, where).pk if slug else None
        wanted[row["kind"], row.get("name", "")] = values
    parent = {"partnership_id": made.partnership.pk}
    return list(made.rows.sync(known, Partner, wanted, lambda row: (row.kind, row.name), parent, where).values())


# ---- Phases ----------------------------------------------------------------------------------------


def _phases(
    made: Plan, record: Mapping[str, Any], known: list[Phase], renamed: Mapping[str, str], where: Where
) -> dict[str, Phase]:
    """The phases by the names that the record gives them."""
    rows = record.get("phases", [])
    no_repetition((row["name"] for row in rows), (*where, PHASE))
    names = {row["name"]: renamed.get(row["name"], row["name"]) for row in rows}
    wanted = {names[row["name"]]: _phase_values(row, place, where) for place, row in enumerate(rows, start=1)}
    _refuse_lost_assessments(known, wanted, where)
    if len({values["order"] for values in wanted.values()}) < len(wanted):
        raise RecordError(where, _("Another phase of this partnership has this place in the order."))
    parent = {"partnership_id": made.partnership.pk}
    found = made.rows.sync(known, Phase, wanted, _name_of(known), parent, where)
    return {name: found[before] for name, before in names.items()}


def _name_of(known: list[Phase]) -> Any:
    """The name of a phase as the register has it, also once the plan has set another."""
    names = {phase.pk: phase.name for phase in known}
    return lambda phase: names[phase.pk]


def _phase_values(row: Mapping[str, Any], place: int, where: Where) -> Record:
    where = (*where, (PHASE, row["name"]))
    values = {"order": place, **{name: row[name] for name in PHASE_FIELDS if name in row}, **read_span(row, where)}
    for prefix, lens in (("", LENSES["sector"]), ("professional_", LENSES["professional"])):
        design, delivery = (read_level(row, f"{prefix}{axis}", lens, where) for axis in ("design", "delivery"))
        stated = read_cells(row.get(f"{prefix}possible_cells"), where)
        values[f"{prefix}design"], values[f"{prefix}delivery"] = design, delivery
        values[f"{prefix}possible_cells"] = stated or cells_of(design or None, delivery or None, lens)
    return values


def _refuse_lost_assessments(known: list[Phase], wanted: Mapping[str, Any], where: Where) -> None:
    for phase in known:
        if phase.name not in wanted and any(row.submitted_at for row in phase.assessments.all()):
            raise RecordError(where, _("the phase “%(name)s” has assessments, so it cannot go") % {"name": phase.name})


def _note_adoption(rows: Rows, phase: Phase, claim: Any, by: User | None) -> None:
    """Say which claim the position rests on, and who adopted it. The position itself stands in the record."""
    statement = None if claim is None or isinstance(claim, Assessment) else claim
    assessment = claim if isinstance(claim, Assessment) else None
    now = (statement.pk if statement else None, assessment.pk if assessment else None)
    if (phase.adopted_statement_id, phase.adopted_assessment_id) == now:
        return
    adopter = by.pk if by and claim else None
    values = {"adopted_statement_id": now[0], "adopted_assessment_id": now[1], "adopted_by_id": adopter}
    rows.put(phase, values | {"adopted_at": timezone.now() if claim else None}, (phase.name,))
    phase.adopted_assessment = assessment


# ---- The index --------------------------------------------------------------------------------------


def _remember(partnership: Partnership, partners: Any, phases: Any, statements: Any, evidence: Any) -> None:
    """Give the partnership its parts as they will be, for what reads them from it."""
    parts = {"partners": partners, "phases": phases, "statements": statements, "evidence": evidence}
    partnership._prefetched_objects_cache = dict(parts)


def _index(made: Plan, facets: list[Facet]) -> None:
    """What ``partnerships.index`` would write afterwards, as part of the same rows."""
    partnership = made.partnership
    title, text = index.search_texts(partnership)
    made.rows.put(partnership, {"search_title": title, "search_text": text}, (partnership.title,))
    for phase in index.marked(partnership):
        made.rows.mark(phase, (phase.name,))
    wanted = index.facets_of(partnership)
    known = {(row.facet, row.value): row.pk for row in facets}
    made.facets_gone = [key for value, key in known.items() if value not in wanted]
    made.facets = sorted(wanted - known.keys())
