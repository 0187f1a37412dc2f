"""The index: what lists, filters and counts read, worked out from the record.

Derived and stored are the search text, the facet rows, the mark on the current phase and the years in which a phase
stands. Every action that changes a record ends here; ``manage.py reindex`` does it for all, and ``check_data`` says
where the index and the record differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Prefetch, QuerySet

from partnerships.models import Evidence, Facet, Partner, Partnership, Phase, Source, Statement
from partnerships.querysets import prefix_of
from partnerships.search import document, fold
from taxonomy.lenses import LENSES, SECTOR, Lens
from taxonomy.service_areas import division_of
from taxonomy.trajectories import Stage, moves
from taxonomy.vocabulary import COUNTED_UNITS

CHUNK = 500
PARTNER_LENGTH = 300
# The last year of a phase that has no end: it goes on.
ONGOING = 9999
# Answers that make a kind one of those who do a task (design.md, section 4, rule 2).
DOES = ("together", "led")
# The value of the row that says that there are adopted answers at all, beside one for each task that has any.
ANSWERED = "1"


def reindex(partnership: Partnership) -> None:
    """Bring the index of one partnership up to date. Writes only what changed."""
    fresh = readable().get(pk=partnership.pk)
    write([fresh])
    partnership.search_title, partnership.search_text = fresh.search_title, fresh.search_text


def reindex_all(partnerships: QuerySet | None = None) -> int:
    """Bring the index of many partnerships up to date, in chunks; return how many records were looked at."""
    keys = list((Partnership.objects if partnerships is None else partnerships).values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        write(list(readable().filter(pk__in=keys[start : start + CHUNK])))
    return len(keys)


def readable() -> QuerySet:
    """Partnerships with all that the index is worked out from, in a fixed number of queries."""
    return Partnership.objects.prefetch_related(
        "partners", "facets",
        Prefetch("phases", Phase.objects.select_related("adopted_assessment").order_by("order")),
        Prefetch("statements", Statement.objects.select_related("source")),
        Prefetch("evidence", Evidence.objects.select_related("source")),
    )  # fmt: skip


# ---- What the index should hold, for partnerships fetched as above -------------------------------------------------


def search_texts(partnership: Partnership) -> tuple[str, str]:
    """The folded title and the folded text of everything a visitor may search."""
    texts = [
        partnership.title, *partnership.aliases, partnership.summary, partnership.narrative,
        partnership.nation, partnership.place, *partnership.tags,
        *(partner.name for partner in partnership.partners.all()),
        *(text for source in sources_of(partnership) for text in (source.title, source.authors)),
    ]  # fmt: skip
    return fold(partnership.title), document(texts)


def sources_of(partnership: Partnership) -> list[Source]:
    """The sources that a record leans on, each once."""
    rows = (*partnership.statements.all(), *partnership.evidence.all())
    sources = {row.source_id: row.source for row in rows}
    return [sources[key] for key in sorted(sources)]


def facets_of(partnership: Partnership) -> set[tuple[str, str]]:
    """The facet rows that the record asks for."""
    areas = {code for area in partnership.service_areas for code in (area, division_of(area))}
    phases = list(partnership.phases.all())
    return (
        {("country", code) for code in partnership.countries}
        | {("area", code) for code in areas}
        | {("kind", partner.kind) for partner in partnership.partners.all()}
        | {("partner", value) for partner in partnership.partners.all() for value in partner_values(partner)}
        | {("stage", code) for code in partnership.stages}
        | {("nature", code) for code in partnership.nature}
        | {("tag", tag) for tag in partnership.tags}
        | (_move_rows(phases) if partnership.unit in COUNTED_UNITS else set())
        | _answer_rows(current_phase(phases))
    )


def partner_values(partner: Partner) -> set[str]:
    """By what a partner is known again in other records: its organisation in the register, and a name of its own.

    "Local councils" and "Service users" name a sort of partner, not one: a name counts only where something after its
    first letter is a capital, and people as themselves never do.
    """
    organisation = {f"#{partner.organisation_id}"} if partner.organisation_id else set()
    own = partner.kind != "citizens" and partner.name[1:] != partner.name[1:].lower()
    # Taking signs apart may make a name longer than the column.
    return organisation | ({fold(partner.name)[:PARTNER_LENGTH]} - {""} if own else set())


def move_facet(lens: Lens, inferred: bool) -> str:
    """The name of the facet that holds moves under a lens, with or without inferred positions."""
    return f"move{'' if lens is SECTOR else f'_{lens.code}'}{'_inferred' if inferred else ''}"


def _move_rows(phases: Iterable[Phase]) -> set[tuple[str, str]]:
    ordered = in_time(phases)
    return {
        (move_facet(lens, inferred), move.notation)
        for lens in LENSES.values()
        for inferred in (False, True)
        for move in moves(stages(ordered, lens, inferred=inferred))
    }


def stages(phases: Iterable[Phase], lens: Lens, *, inferred: bool) -> list[Stage]:
    """Phases as stages of a trajectory; an inferred position is passed over unless it is asked for."""
    field = f"{prefix_of(lens)}possible_cells"
    return [
        Stage(phase.name, getattr(phase, field), phase.planned) for phase in phases if inferred or not phase.is_inferred
    ]


def _answer_rows(phase: Phase | None) -> set[tuple[str, str]]:
    assessment = phase.adopted_assessment if phase else None
    if assessment is None or assessment.method != "guided":
        return set()
    done = {
        ("does", f"{task}:{kind}")
        for task, levels in assessment.answers.items()
        if isinstance(levels, dict)
        for kind, level in levels.items()
        if level in DOES
    }
    answered = {
        ("answered", task) for task, levels in assessment.answers.items() if isinstance(levels, dict) and levels
    }
    return {("answered", ANSWERED)} | answered | done


def current_phase(phases: Iterable[Phase]) -> Phase | None:
    """The latest actual phase: by its start where all are dated, else by order. None if all are planned."""
    actual = [phase for phase in in_time(phases) if not phase.planned]
    return actual[-1] if actual else None


def in_time(phases: Iterable[Phase]) -> list[Phase]:
    """Phases in order of time: actual ones by their start where all are dated, and else as they were ordered."""
    ordered = sorted(phases, key=lambda phase: phase.order)
    actual = [phase for phase in ordered if not phase.planned]
    if not all(phase.starts for phase in actual):
        return ordered
    dated = iter(sorted(actual, key=lambda phase: (phase.starts, phase.order)))
    return [phase if phase.planned else next(dated) for phase in ordered]


def years(phases: Iterable[Phase]) -> dict[int, tuple[int, int]]:
    """By the key of each dated actual phase, the first and last year in which it is the latest one.

    A phase without an end goes on until the next one starts. One that is followed within its year stands in none.
    """
    dated = sorted(
        (phase for phase in phases if phase.starts and not phase.planned), key=lambda phase: (phase.starts, phase.order)
    )
    found = {}
    for phase, later in zip(dated, (*dated[1:], None), strict=False):
        last = phase.ends.year if phase.ends else ONGOING
        last = min(last, later.starts.year - 1) if later else last
        if phase.starts.year <= last:
            found[phase.pk] = (phase.starts.year, last)
    return found


# ---- Writing it ----------------------------------------------------------------------------------------------------


def write(partnerships: Sequence[Partnership]) -> None:
    """Write what differs for partnerships that were fetched as ``readable``."""
    _write_texts(partnerships)
    _write_facets(partnerships)
    _write_phases([phase for partnership in partnerships for phase in marked(partnership)])


def _write_texts(partnerships: Iterable[Partnership]) -> None:
    changed = []
    for partnership in partnerships:
        texts = search_texts(partnership)
        if (partnership.search_title, partnership.search_text) != texts:
            partnership.search_title, partnership.search_text = texts
            changed.append(partnership)
    # No history: the text repeats the record, which has one.
    Partnership.objects.bulk_update(changed, ["search_title", "search_text"], batch_size=100)


def _write_facets(partnerships: Iterable[Partnership]) -> None:
    stale, missing = [], []
    for partnership in partnerships:
        wanted = facets_of(partnership)
        rows = {(row.facet, row.value): row.pk for row in partnership.facets.all()}
        stale += [pk for key, pk in rows.items() if key not in wanted]
        missing += [
            Facet(partnership=partnership, facet=facet, value=value) for facet, value in sorted(wanted - rows.keys())
        ]
    if stale:
        Facet.objects.filter(pk__in=stale).delete()
    Facet.objects.bulk_create(missing)


def marked(partnership: Partnership) -> list[Phase]:
    """The phases whose mark or years were wrong, put right."""
    phases = list(partnership.phases.all())
    current, spans, changed = current_phase(phases), years(phases), []
    for phase in phases:
        first, last = spans.get(phase.pk, (None, None))
        if (phase.current, phase.stands_from, phase.stands_to) != (phase == current, first, last):
            phase.current, phase.stands_from, phase.stands_to = phase == current, first, last
            changed.append(phase)
    return changed


def _write_phases(changed: list[Phase]) -> None:
    # The mark leaves one phase before it goes to another: the database allows one current phase.
    for group in ([p for p in changed if not p.current], [p for p in changed if p.current]):
        Phase.objects.bulk_update(group, ["current", "stands_from", "stands_to"], batch_size=200)
