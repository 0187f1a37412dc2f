"""What must hold in the register and the database cannot say, each violation in one line.

Every check reads rows that were fetched in chunks: queries grow with the chunks, not with the rows.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import models
from django.utils.translation import gettext as _

from partnerships import index
from partnerships.models import Assessment, ChecklistItem, Evidence, Invitation, Partnership, Phase, Source, Statement
from partnerships.models.fields import CodesField, vocabulary_codes
from partnerships.models.partnership import RESERVED_SLUGS
from partnerships.overlap import overlapping
from partnerships.positions import LensPosition, of_assessment, of_statement
from partnerships.results import result_of, unanswered
from taxonomy.answers import AnswersError

CHUNK = 500


@dataclass(frozen=True)
class Violation:
    """A rule that does not hold: ``rule`` names it, ``where`` the record, ``fault`` says what is wrong."""

    rule: str
    where: str
    fault: str

    def __str__(self) -> str:
        """One line."""
        return f"{self.rule}: {self.where}: {self.fault}"


Faults = Iterator[tuple[str, str]]


def violations() -> Iterator[Violation]:
    """Every violation in the register, published or not."""
    yield from circles()
    for partnership in fetched().iterator(chunk_size=CHUNK):
        where = partnership.slug or str(partnership.uuid)
        for check in CHECKS:
            yield from (Violation(rule, where, fault) for rule, fault in check(partnership))
    for source in Source.objects.order_by("pk").iterator(chunk_size=CHUNK):
        yield from (Violation("codes", f"source {source.slug}", fault) for fault in unknown_codes(source))


def fetched() -> models.QuerySet[Partnership]:
    """Partnerships with all that the checks read, in a fixed number of queries."""
    claims = Phase.objects.select_related("adopted_statement", "adopted_assessment").order_by("order")
    # The draft of a proposed change is looked at once it is accepted.
    records = Partnership.objects.filter(revises__isnull=True)
    return records.order_by("pk").select_related("case_study").prefetch_related(
        "partners", "facets", "case_study__lessons",
        models.Prefetch("phases", queryset=claims),
        "phases__assessments",
        models.Prefetch("phases__invitations", queryset=Invitation.objects.with_outcome()),
        models.Prefetch("phases__checklist", queryset=ChecklistItem.objects.order_by("pk")),
        models.Prefetch("statements", queryset=Statement.objects.select_related("source", "phase")),
        models.Prefetch("evidence", queryset=Evidence.objects.select_related("source", "phase")),
    )  # fmt: skip


# ---- The record itself -----------------------------------------------------------------------------


def published_has_phase(partnership: Partnership) -> Faults:
    """The public sees a partnership through its phases."""
    if partnership.is_published and not partnership.phases.all():
        yield "phases", _("it is published and has no phase")


def slug_works(partnership: Partnership) -> Faults:
    """A slug is an address: lower case, and not that of another page."""
    slug = partnership.slug
    if slug is None:
        return
    try:
        validate_slug(slug)
    except ValidationError:
        yield "slug", _("it is no address")
        return
    if slug != slug.lower() or slug in RESERVED_SLUGS:
        yield "slug", _("a page at this address cannot be reached")


def codes_known(partnership: Partnership) -> Faults:
    """Lists are stored as JSON, and most single codes without a constraint."""
    study = getattr(partnership, "case_study", None)
    rows = [
        partnership, *partnership.partners.all(), *partnership.phases.all(), *partnership.statements.all(),
        *partnership.evidence.all(), *(study.lessons.all() if study else ()),
        *(row for phase in partnership.phases.all() for row in phase.assessments.all()),
    ]  # fmt: skip
    for row in rows:
        yield from (("codes", fault) for fault in unknown_codes(row))


def unknown_codes(row: models.Model) -> Iterator[str]:
    """A sentence for each code in a list that its vocabulary lacks, and for each list with repetitions.

    Single codes the database checks itself.
    """
    for field in row._meta.concrete_fields:
        if not isinstance(field, CodesField):
            continue
        values = getattr(row, field.attname)
        name = f"{row._meta.verbose_name} / {field.name}"
        if not isinstance(values, list):
            yield _("%(field)s is no list") % {"field": name}
            continue
        strangers = [code for code in values if not isinstance(code, str) or code not in _known(field.vocabulary)]
        for code in strangers:
            yield _("%(field)s: “%(code)s” is not a known code") % {"field": name, "code": code}
        if not strangers and len(set(values)) < len(values):
            yield _("%(field)s has a code twice") % {"field": name}


@cache
def _known(vocabulary: str) -> frozenset[str]:
    return frozenset(vocabulary_codes(vocabulary))


def parts_belong(partnership: Partnership) -> Faults:
    """A statement or a piece of evidence about a phase is about a phase of its own partnership."""
    for row in (*partnership.statements.all(), *partnership.evidence.all()):
        if row.phase and row.phase.partnership_id != partnership.pk:
            yield "belongs", _("%(row)s is about a phase of another partnership") % {"row": row}


# ---- Dates -----------------------------------------------------------------------------------------


def dates_apart(partnership: Partnership) -> Faults:
    """Dated actual phases follow each other."""
    for one, other in overlapping(partnership.phases.all()):
        yield "dates", _("the phases “%(one)s” and “%(other)s” overlap") % {"one": one.name, "other": other.name}


# ---- Positions -------------------------------------------------------------------------------------


def adoption_holds(partnership: Partnership) -> Faults:
    """The claim that a phase adopted is about it, can be adopted, and gives the very position of the phase."""
    for phase in partnership.phases.all():
        statement, assessment = phase.adopted_statement, phase.adopted_assessment
        if statement and assessment:
            yield "adopted", _("the phase “%(name)s” adopts two claims") % {"name": phase.name}
        if statement and (statement.partnership_id != partnership.pk or statement.phase_id not in (None, phase.pk)):
            yield "adopted", _("the phase “%(name)s” adopts a statement about something else") % {"name": phase.name}
        elif statement and statement.kind in ("movement", "inherited"):
            yield "adopted", _("the phase “%(name)s” adopts a statement that gives no position") % {"name": phase.name}
        if assessment and (assessment.phase_id != phase.pk or assessment.submitted_at is None):
            yield "adopted", _("the phase “%(name)s” adopts an assessment that is not its own") % {"name": phase.name}
        for claim in filter(None, (statement, assessment)):
            if not _same_position(phase, claim):
                yield "position", _("the phase “%(name)s” stands elsewhere than its claim says") % {"name": phase.name}


def _same_position(phase: Phase, claim: Statement | Assessment) -> bool:
    """Compare in the lenses in which the claim speaks."""
    try:
        position = of_assessment(claim) if isinstance(claim, Assessment) else of_statement(claim)
    except (AnswersError, KeyError):  # answers or a codebook that nobody knows; `assessments_read` says so
        return False
    placed = phase.placed() or phase.placed("professional_")
    lenses = (("", position.sector), ("professional_", position.professional))
    return phase.certainty == (position.certainty if placed else "") and all(
        _stands(phase, prefix) == lens for prefix, lens in lenses if lens
    )


def _stands(phase: Phase, prefix: str) -> LensPosition:
    return LensPosition(*(getattr(phase, f"{prefix}{name}") for name in ("design", "delivery", "possible_cells")))


# ---- Assessments, invitations, checklists ------------------------------------------------------------


def assessments_read(partnership: Partnership) -> Faults:
    """What was signed can be read under its own codebook, answers every task that decides, and keeps its result."""
    for phase in partnership.phases.all():
        for row in phase.assessments.all():
            if row.submitted_at and row.method == "guided":
                yield from (("assessments", fault) for fault in _faults_of_guided(row, phase))


def _faults_of_guided(row: Assessment, phase: Phase) -> Iterator[str]:
    names = {"name": phase.name, "version": row.codebook}
    try:
        result = result_of(row)
    except KeyError:
        yield _("an assessment of “%(name)s” names the codebook %(version)s, which nobody knows") % names
        return
    except AnswersError as error:
        yield _("the answers of an assessment of “%(name)s” cannot be read: %(fault)s") % {**names, "fault": error}
        return
    for task in unanswered(row):
        yield _("an assessment of “%(name)s” has no answer to “%(task)s”") % {**names, "task": task}
    if row.result != result:
        yield _("an assessment of “%(name)s” keeps another result than codebook %(version)s gives") % names


def invitations_lead_home(partnership: Partnership) -> Faults:
    """What came of an invitation is an assessment of its phase, from its perspective, marked as invited."""
    for phase in partnership.phases.all():
        for row in phase.invitations.all():
            came = row.assessment
            if came and (came.phase_id, came.perspective, came.by_invitation) != (phase.pk, row.perspective, True):
                yield (
                    "invitations",
                    _("an invitation to “%(name)s” led to an assessment of another kind") % {"name": phase.name},
                )


def checklists_cite(partnership: Partnership) -> Faults:
    """A place is a place in a source."""
    for phase in partnership.phases.all():
        for row in phase.checklist.all():
            if row.place and row.source_id is None:
                yield "checklists", _("“%(item)s” of “%(name)s” has a place and no source") % {
                    "item": row.item, "name": phase.name,
                }  # fmt: skip


# ---- The index -------------------------------------------------------------------------------------


def index_equals_record(partnership: Partnership) -> Faults:
    """Search text, facets and the mark on the current phase are what the record gives, if its codes make sense."""
    if any(unknown_codes(partnership)):
        return
    if (partnership.search_title, partnership.search_text) != index.search_texts(partnership):
        yield "index", _("the search text is out of date")
    if {(row.facet, row.value) for row in partnership.facets.all()} != index.facets_of(partnership):
        yield "index", _("the facets are out of date")
    phases = partnership.phases.all()
    if [phase for phase in phases if phase.current] != list(filter(None, [index.current_phase(phases)])):
        yield "index", _("the mark on the current phase is out of date")
    spans = index.years(phases)
    if any((phase.stands_from, phase.stands_to) != spans.get(phase.pk, (None, None)) for phase in phases):
        yield "index", _("the years of a phase are out of date")


# ---- Across partnerships ---------------------------------------------------------------------------


def circles() -> Iterator[Violation]:
    """Nothing is, over however many steps, a part of itself. Each circle is told once."""
    parents = dict(Partnership.objects.filter(part_of__isnull=False).values_list("pk", "part_of_id"))
    done: set[int] = set()
    for start in sorted(parents):
        path: dict[int, None] = {}
        at: int | None = start
        while at in parents and at not in done and at not in path:
            path[at] = None
            at = parents[at]
        if at in path:
            members = Partnership.objects.filter(pk__in=list(path)[list(path).index(at) :]).order_by("pk")
            names = " > ".join(row.slug or str(row.uuid) for row in members)
            yield Violation("part_of", names, _("they are parts of each other"))
        done.update(path)


CHECKS: tuple[Callable[[Partnership], Faults], ...] = (
    published_has_phase,
    slug_works,
    codes_known,
    parts_belong,
    dates_apart,
    adoption_holds,
    assessments_read,
    invitations_lead_home,
    checklists_cite,
    index_equals_record,
)
