"""What the drafts of an import lack before they can be handed in: of records in a file, and of drafts that it made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Organisation, User
from exchange.models import Import, StagedRecord
from exchange.models.imports import NEW
from partnerships.assessors import VIEW_OF_KIND
from partnerships.completeness import phases_missing
from partnerships.forms.draft import gaps_of
from partnerships.forms.values import values_of
from partnerships.models import Partnership
from partnerships.models.partnership import OPEN_STATUSES
from partnerships.models.phase import UNNAMED
from partnerships.record import Record

# One request looks at so many drafts, and hands in no more: each is signed and written with its history.
MOST_AT_ONCE = 100

# Fields of the officers' form, in its order, with the column of a sheet and what to do about it.
ASKED = {
    "title": ("title", gettext_lazy("Say what it is called (column title).")),
    "unit": ("unit", gettext_lazy("Say what kind of thing it is (column unit).")),
    "country": ("countries", gettext_lazy("Say in which country it is (column countries).")),
    "areas": ("service_areas", gettext_lazy("Say what it is about (column service_areas).")),
    "kinds": ("partners", gettext_lazy("Say who takes part (column partners).")),
}
WHO = gettext_lazy("Say who designs and who delivers (columns design and delivery).")
WHY = gettext_lazy("Say what your answers rest on (column rationale).")
VIEW = gettext_lazy("Say whose view it is.")
SELF_REPORTED = "self_reported"


def lacks_of_record(record: Record, keeper: Organisation | None) -> tuple[str, ...]:
    """What a draft would lack if an officer's file made it from this record."""
    texts = [str(text) for column, text in ASKED.values() if not record.get(column)]
    phases = [phase for phase in record.get("phases") or () if not phase.get("planned")]
    if not record.get("phases"):
        texts.append(str(WHO))
    for phase in phases:
        texts += _named(phase["name"], _phase_lacks(phase, keeper), alone=len(record["phases"]) == 1)
    return tuple(texts)


def _phase_lacks(phase: Mapping[str, object], keeper: Organisation | None) -> list[str]:
    """As ``partnerships.completeness``, of the assessment that taking over makes of what the file states."""
    if phase.get("certainty") != SELF_REPORTED or not (phase.get("design") or phase.get("delivery")):
        return [str(WHO)]
    has_view = keeper is not None and keeper.kind in VIEW_OF_KIND
    why = [] if str(phase.get("rationale") or "").strip() else [str(WHY)]
    return [*why, *([] if has_view else [str(VIEW)])]


def lacks_of_draft(draft: Partnership, user: User) -> tuple[str, ...]:
    """What a draft lacks, as its task list has it. Its partners, phases and their assessments are fetched already."""
    errors = gaps_of(values_of(draft), user)
    texts = [str(ASKED[field][1]) if field in ASKED else messages[0] for field, messages in errors.items()]
    missing = phases_missing(draft)
    if not missing:
        texts.append(str(WHO))
    for phase, names in missing.items():
        texts += _named(phase.name, _in_words(names), alone=len(missing) == 1)
    return tuple(texts)


def _in_words(names: Sequence[str]) -> list[str]:
    """What an assessment lacks; whatever is not the reason or the view is about who is responsible."""
    known = {"reason": WHY, "perspective": VIEW}
    return list(dict.fromkeys(str(known.get(name, WHO)) for name in names))


def _named(phase: str, texts: Iterable[str], *, alone: bool) -> list[str]:
    if alone:
        return list(texts)
    name = _("First stage") if phase == UNNAMED else phase
    return [_("%(phase)s: %(text)s") % {"phase": name, "text": text} for text in texts]


# ---- Handing in ----------------------------------------------------------------------------------------


def open_records(batch: Import) -> QuerySet[StagedRecord]:
    """The records of an officer's import that became drafts and have not been handed in yet."""
    staged = StagedRecord.objects.filter(batch=batch, outcome=NEW, partnership__status__in=OPEN_STATUSES)
    return staged if batch.own_only else staged.none()


def fetched(keys: Iterable[int], user: User) -> list[Partnership]:
    """These drafts, as far as the person keeps them, with all that tells what they lack."""
    drafts = Partnership.objects.editable_by(user).filter(pk__in=list(keys), status__in=OPEN_STATUSES)
    return list(drafts.prefetch_related("partners", "phases__assessments").order_by("pk"))


def complete_drafts(batch: Import, user: User) -> list[Partnership]:
    """Those of the first hundred open drafts that lack nothing."""
    keys = open_records(batch).order_by("position").values_list("partnership", flat=True)[:MOST_AT_ONCE]
    return [draft for draft in fetched(keys, user) if not lacks_of_draft(draft, user)]
