"""The index: what lists, filters and counts read, worked out from the record.

Three things are derived and stored: the search text, the facet rows and the mark on the current phase. Every action
that changes a record ends here; ``check_data`` says where the index and the record differ.
"""

from collections.abc import Iterable

from django.db.models import Q

from partnerships.models import Facet, Partnership, Phase, Source
from partnerships.search import document, fold
from taxonomy.service_areas import division_of


def reindex(partnership: Partnership) -> None:
    """Bring the index of one partnership up to date. Writes only what changed."""
    title, text = search_texts(partnership, sources_of(partnership))
    if (partnership.search_title, partnership.search_text) != (title, text):
        Partnership.objects.filter(pk=partnership.pk).update(search_title=title, search_text=text)
        partnership.search_title, partnership.search_text = title, text
    _write_facets(partnership)
    _mark_current(partnership)


def sources_of(partnership: Partnership) -> list[Source]:
    """The sources that a record leans on, each once."""
    used = Q(statements__partnership=partnership) | Q(evidence__partnership=partnership)
    return list(Source.objects.filter(used).order_by("pk").distinct())


def search_texts(partnership: Partnership, sources: Iterable[Source]) -> tuple[str, str]:
    """The folded title and the folded text of everything a visitor may search."""
    texts = [
        partnership.title, *partnership.aliases, partnership.summary, partnership.narrative,
        partnership.nation, partnership.place, *partnership.tags,
        *(partner.name for partner in partnership.partners.all()),
        *(text for source in sources for text in (source.title, source.authors)),
    ]  # fmt: skip
    return fold(partnership.title), document(texts)


def facets_of(partnership: Partnership) -> set[tuple[str, str]]:
    """The facet rows that the record asks for."""
    areas = {code for area in partnership.service_areas for code in (area, division_of(area))}
    return (
        {("country", code) for code in partnership.countries}
        | {("area", code) for code in areas}
        | {("kind", partner.kind) for partner in partnership.partners.all()}
        | {("stage", code) for code in partnership.stages}
        | {("nature", code) for code in partnership.nature}
        | {("tag", tag) for tag in partnership.tags}
    )


def current_phase(phases: Iterable[Phase]) -> Phase | None:
    """The latest actual phase: by its start where all are dated, else by order. None if all are planned."""
    actual = [phase for phase in phases if not phase.planned]
    if not actual:
        return None
    if all(phase.starts for phase in actual):
        return max(actual, key=lambda phase: (phase.starts, phase.order))
    return max(actual, key=lambda phase: phase.order)


def _write_facets(partnership: Partnership) -> None:
    wanted = facets_of(partnership)
    rows = {(row.facet, row.value): row.pk for row in partnership.facets.all()}
    stale = [pk for key, pk in rows.items() if key not in wanted]
    if stale:
        Facet.objects.filter(pk__in=stale).delete()
    Facet.objects.bulk_create(
        Facet(partnership=partnership, facet=facet, value=value) for facet, value in sorted(wanted - rows.keys())
    )


def _mark_current(partnership: Partnership) -> None:
    phases = list(partnership.phases.all())
    chosen = current_phase(phases)
    wrong = [phase.pk for phase in phases if phase.current and phase != chosen]
    if wrong:
        Phase.objects.filter(pk__in=wrong).update(current=False)
    if chosen and not chosen.current:
        Phase.objects.filter(pk=chosen.pk).update(current=True)
