"""The page of a draft: where it stands, what is to be done with it, and its answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.forms import choices
from partnerships.forms.values import Values, stored
from partnerships.models import Partnership
from partnerships.positions import of_direct
from partnerships.presenters import words
from partnerships.presenters.answers import Gap, Part, contradictions, gaps, parts
from partnerships.presenters.position import PositionView, lens_position, position_view
from taxonomy.cells import CELLS
from taxonomy.lenses import SECTOR
from taxonomy.vocabulary import COUNTED_UNITS

STATED = ("", choices.UNKNOWN, *(level.code for level in SECTOR.levels))


@dataclass(frozen=True)
class Preview:
    """Where two responsibilities place a partnership, and what that means in a sentence."""

    position: PositionView
    meaning: str


# ---- Where it stands -------------------------------------------------------------------------------


def preview(design: str, delivery: str) -> Preview:
    """The position that two stated responsibilities give. Raises ``ValueError`` for a code that the form lacks."""
    if design not in STATED or delivery not in STATED:
        raise ValueError(_("There is no such answer to the questions who designs it and who delivers it."))
    known = {
        axis: "" if code == choices.UNKNOWN else code for axis, code in (("design", design), ("delivery", delivery))
    }
    position = of_direct(known["design"], known["delivery"]).sector
    view = position_view(position)
    if not (design or delivery):
        return Preview(view, _("You see its place here, or when you check your answers."))
    if not view.open:
        (number,) = position.possible
        return Preview(view, _(CELLS[int(number) - 1].plain))
    return Preview(view, view.sentence)


def preview_of(values: Values) -> Preview:
    """The same for a form's values; an answer that is none of the form's counts as not given."""
    design, delivery = (str(values.get(axis) or "") for axis in ("design", "delivery"))
    return preview(design if design in STATED else "", delivery if delivery in STATED else "")


# ---- The draft's page --------------------------------------------------------------------------------


STATUS_WORDS = {
    "draft": gettext_lazy("Only your organisation and the curators can see this draft."),
    "submitted": gettext_lazy("It is with the curators. They publish it, or send it back with a reason."),
    "changes_requested": gettext_lazy("A curator sent it back. Change what is asked for, then submit it again."),
    "published": gettext_lazy("Everybody can see it on the matrix."),
    "withdrawn": gettext_lazy("It was published and no longer is."),
}


@dataclass(frozen=True)
class DraftPage:
    """What the page of a draft says."""

    title: str
    status: str
    explanation: str
    note: str
    is_open: bool
    editable: bool
    can_delete: bool
    counted: bool
    preview: Preview
    parts: tuple[Part, ...]
    gaps: tuple[Gap, ...]
    notes: tuple[Gap, ...]
    change_mail: str


def draft_page(
    draft: Partnership, values: Values, errors: Mapping[str, list[str]], *, may_edit: bool = True
) -> DraftPage:
    """A stored draft, its answers as values, and what is missing of it; ``may_edit``: whether the reader may log."""
    edit_url = reverse("draft-edit", args=[draft.uuid])
    missing = {field: str(messages[0]) for field, messages in errors.items()} if draft.is_open else {}
    return DraftPage(
        title=draft.title,
        status=words.term("STATUSES", draft.status),
        explanation=str(STATUS_WORDS[draft.status]),
        note=draft.curator_note,
        is_open=draft.is_open,
        editable=draft.is_open and may_edit,
        can_delete=draft.status == "draft" and draft.submitted_at is None,
        counted=draft.unit in COUNTED_UNITS,
        preview=_position(draft, values),
        parts=parts(values, edit_url, missing),
        gaps=gaps(errors, edit_url) if draft.is_open else (),
        notes=contradictions(values, edit_url) if draft.is_open else (),
        change_mail=_mail(draft),
    )


def _position(draft: Partnership, values: Values) -> Preview:
    """The adopted position once a curator has published it, the officer's own answers before."""
    if draft.published_at is None:
        return preview_of(values)
    phase, _claim = stored(draft)
    view = position_view(lens_position(phase))
    return Preview(view, view.sentence)


def _mail(draft: Partnership) -> str:
    """A link that begins a mail to the curators about this record."""
    subject = _("Change to “%(title)s” (%(uuid)s)") % {"title": draft.title, "uuid": draft.uuid}
    return f"mailto:{settings.CONTACT_EMAIL}?subject={quote(subject)}"
