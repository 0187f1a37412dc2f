"""The page of a record for those who keep it: its status, its answers, and what is missing before it is handed in."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.forms.steps import step_of
from partnerships.forms.values import Values, first_phase
from partnerships.models import Partnership
from partnerships.presenters import words
from partnerships.presenters.answers import ABOUT, MORE, WHO, Gap, Part, gaps, part
from partnerships.presenters.journey import from_check, page_url, stage_url
from partnerships.presenters.position import PositionView, lens_position, position_view
from partnerships.presenters.stages import StageView, stages
from taxonomy.vocabulary import COUNTED_UNITS

STATUS_WORDS = {
    "draft": gettext_lazy("Only your organisation and the curators can see this draft."),
    "submitted": gettext_lazy("It is with the curators. They publish it, or send it back with a reason."),
    "changes_requested": gettext_lazy("A curator sent it back. Change what is asked for, then submit it again."),
    "published": gettext_lazy("Everybody can see it on the matrix."),
    "withdrawn": gettext_lazy("It was published and no longer is."),
}


@dataclass(frozen=True)
class DraftPage:
    """A record with all its answers: ``parts`` of it, then its ``stages``, then ``more``.

    ``place`` is where it stands by what a curator adopted; None before one did.
    """

    title: str
    status: str
    explanation: str
    note: str
    counted: bool
    place: PositionView | None
    parts: tuple[Part, ...]
    stages: tuple[StageView, ...]
    more: Part
    gaps: tuple[Gap, ...]
    change_mail: str


def closed_page(draft: Partnership, values: Values, *, assess: bool) -> DraftPage:
    """A record that its keepers may not change; ``assess``: whether the reader may give a view on what is published."""
    return _page(draft, values, {}, change=False, assess=assess)


def check_page(draft: Partnership, values: Values, errors: Mapping[str, list[str]]) -> DraftPage:
    """A draft before it is handed in: every answer with a link to change it, and what is missing."""
    return _page(draft, values, errors, change=True, assess=False)


def _page(
    draft: Partnership, values: Values, errors: Mapping[str, list[str]], *, change: bool, assess: bool
) -> DraftPage:
    def url_of(field: str) -> str:
        return change_url(draft, field) if change else ""

    missing = {field: str(messages[0]) for field, messages in errors.items()}
    shown = stages(draft, change=change, assess=assess and draft.is_published)
    return DraftPage(
        title=draft.title,
        status=words.term("STATUSES", draft.status),
        explanation=str(STATUS_WORDS[draft.status]),
        note=draft.curator_note,
        counted=draft.unit in COUNTED_UNITS,
        place=_place(draft),
        parts=tuple(part(rows, values, url_of, missing) for rows in (ABOUT, WHO)),
        stages=shown,
        more=part(MORE, values, url_of, missing),
        gaps=(*gaps(errors, url_of), *(gap for stage in shown for gap in stage.gaps)),
        change_mail=_mail(draft),
    )


def change_url(draft: Partnership, field: str) -> str:
    """Where a field is answered, to come back from there to the check page."""
    if field == "roles":
        return from_check(page_url(draft, field))
    step = step_of(field)
    url = page_url(draft, step.code) if step else stage_url(draft, first_phase(draft))
    return f"{from_check(url)}#div_id_{field}"


def _place(draft: Partnership) -> PositionView | None:
    """The adopted position of the current phase."""
    current = next((phase for phase in draft.phases.all() if phase.current), None)
    return position_view(lens_position(current)) if draft.published_at else None


def _mail(draft: Partnership) -> str:
    """A link that begins a mail to the curators about this record."""
    subject = _("Change to “%(title)s” (%(uuid)s)") % {"title": draft.title, "uuid": draft.uuid}
    return f"mailto:{settings.CONTACT_EMAIL}?subject={quote(subject)}"
