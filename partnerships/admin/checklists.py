"""The page of a phase's checklists: every item of every list, recorded at once. It moves no cell."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from partnerships import actions, dates
from partnerships.admin.acts import ActForm, ActsMixin
from partnerships.admin.fields import ByAddressField, PartialDateField, suggestions
from partnerships.models import ChecklistItem, Phase, Source
from partnerships.models.fields import vocabulary_choices
from taxonomy.checklists import CHECKLISTS, NEVER_COUNTED
from taxonomy.terms import Term

NOTHING = ""
DETAILS = ("starts", "ends", "source", "place", "note")
WIDE = {"class": "govuk-radios--inline govuk-radios--small"}


def name_of(item: str, part: str) -> str:
    """What a field of an item is called in the form: the dot of its code would mean something to a style sheet."""
    return f"{item.replace('.', '-')}-{part}"


@dataclass(frozen=True)
class ItemFields:
    """One item on the page; ``open`` says that its details are worth seeing at once.

    ``recorded`` is what the register holds where the page came back and that is not what was typed.
    """

    label: str
    answer: BoundField
    details: tuple[BoundField, ...]
    open: bool
    recorded: str


@dataclass(frozen=True)
class ListFields:
    """One list on the page."""

    name: str
    help: str
    citation: str
    items: tuple[ItemFields, ...]


class ChecklistsForm(ActForm):
    """Six fields for each item: was it so, from when to when, who says so and where, and a note."""

    mark_optional = False

    def __init__(self, *args: Any, phase: Phase, **kwargs: Any) -> None:
        """Come with what is recorded of the phase."""
        super().__init__(*args, **kwargs)
        self.rows = {row.item: row for row in phase.checklist.select_related("source")}
        for item in _items():
            self._add(item)
            if item.code in self.rows:
                self._fill(self.rows[item.code])

    def _add(self, item: Term) -> None:
        answers = [*vocabulary_choices("CHECKLIST_ANSWERS"), (NOTHING, _("Nothing recorded"))]
        note = ChecklistItem._meta.get_field("note")
        place = ChecklistItem._meta.get_field("place")
        fields = {
            "answer": forms.ChoiceField(
                label=_(item.label), help_text=_(item.help) if item.help else "", required=False, choices=answers,
                initial=NOTHING, widget=forms.RadioSelect(attrs=WIDE),
            ),
            "starts": PartialDateField(label=_("From"), help_text=_("2013, 2013-04 or 2013-04-01")),
            "ends": PartialDateField(end=True, label=_("To"), help_text=_("The end counts.")),
            "source": ByAddressField(Source.objects.all(), label=_("Source"), required=False),
            "place": forms.CharField(label=_("Place in the source"), max_length=place.max_length, required=False),
            "note": forms.CharField(label=_("Note"), max_length=note.max_length, required=False),
        }  # fmt: skip
        self.fields.update({name_of(item.code, part): field for part, field in fields.items()})

    def _fill(self, row: ChecklistItem) -> None:
        values = {
            "answer": row.answer, "source": row.source, "place": row.place, "note": row.note,
            "starts": dates.write(row.starts, row.starts_precision), "ends": dates.write(row.ends, row.ends_precision),
        }  # fmt: skip
        self.initial.update({name_of(row.item, part): value for part, value in values.items()})
        self.fields[name_of(row.item, "source")].help_text = str(row.source or "")

    def clean(self) -> dict[str, Any]:
        """Look at the fields of each item together."""
        data = super().clean()
        for item in _items():
            self._check(item.code, *(data.get(name_of(item.code, part)) for part in ("answer", *DETAILS)))
        return data

    def _check(self, item: str, answer: Any, starts: Any, ends: Any, source: Any, place: Any, note: Any) -> None:
        said = [value for value in (starts, ends) if value and value[0]] or source or place or note
        if said and answer == NOTHING:
            self.add_error(name_of(item, "answer"), _("Choose an answer, or empty what stands below it."))
        if starts and ends and starts[0] and ends[0] and ends[0] < starts[0]:
            self.add_error(name_of(item, "ends"), _("It cannot end before it starts."))
        if place and not source and name_of(item, "source") not in self.errors:
            self.add_error(name_of(item, "source"), _("Name the source in which this place is."))

    def values(self) -> dict[str, dict[str, Any] | None]:
        """For ``actions.save_checklists``; of a form without errors."""
        return {item.code: self._values(item.code) for item in _items()}

    def _values(self, item: str) -> dict[str, Any] | None:
        answer, starts, ends, source, place, note = (
            self.cleaned_data[name_of(item, part)] for part in ("answer", *DETAILS)
        )
        if answer == NOTHING:
            return None
        return {
            "answer": answer, "source": source, "place": place, "note": note,
            **dict(zip(("starts", "starts_precision"), starts, strict=True)),
            **dict(zip(("ends", "ends_precision"), ends, strict=True)),
        }  # fmt: skip

    def lists(self) -> tuple[ListFields, ...]:
        """For the page: the fields under their lists."""
        return tuple(
            ListFields(_(one.name), _(one.help), one.citation, tuple(map(self._on_page, one.items)))
            for one in CHECKLISTS.values()
        )

    def _on_page(self, item: Term) -> ItemFields:
        answer, *details = (self[name_of(item.code, part)] for part in ("answer", *DETAILS))
        overtaken = bool(self.non_field_errors()) and any(f.name in self.changed_data for f in (answer, *details))
        return ItemFields(
            label=_(item.label),
            answer=answer,
            details=tuple(details),
            open=any(field.errors or field.value() for field in details),
            recorded=_in_words(self.rows.get(item.code)) if overtaken else "",
        )


def _in_words(row: ChecklistItem | None) -> str:
    """What is recorded of an item, in one line."""
    if row is None:
        return _("Nothing recorded")
    when = dates.span(dates.write(row.starts, row.starts_precision), dates.write(row.ends, row.ends_precision))
    return "; ".join(str(part) for part in (row.get_answer_display(), when, row.source, row.place, row.note) if part)


def _items() -> Iterator[Term]:
    for one in CHECKLISTS.values():
        yield from one.items


class ChecklistsMixin(ActsMixin):
    """The page of the checklists of one phase, mixed into the partnership's admin."""

    def checklists_view(self, request: HttpRequest, pk: int, phase_pk: int) -> HttpResponse:
        """Show what is recorded of a phase, and save it all at once."""
        record = self.record_to_act_on(request, pk)
        phase = get_object_or_404(record.phases, pk=phase_pk)
        form = ChecklistsForm(self.posted(request), record=record, phase=phase)

        def act(chosen: dict[str, Any]) -> str:
            changed = actions.save_checklists(phase=phase, by=request.user, items=form.values())
            if not changed:
                return _("Nothing was changed.")
            self.log_change(request, record, _("Checklists of “%(phase)s” changed.") % {"phase": phase})
            return _("The checklists of “%(phase)s” are saved.") % {"phase": phase}

        context = {
            "subtitle": phase.name,
            # Asked for when the page is drawn: only then is it known whether the form came back.
            "lists": form.lists,
            "never_counted": _(NEVER_COUNTED),
            "suggestions": {"source-suggestions": suggestions()["source-suggestions"]},
        }
        return self.act_page(request, record, form, act, "checklists", _("Checklists of “%(record)s”"), context)
