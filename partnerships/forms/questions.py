"""The forms of an assessment: questions task by task, two responsibilities stated directly, what it all rests on.

Each reads a page of the questionnaire into what ``actions.save_assessment`` takes: ``names`` says what the page is
about, ``given()`` what was answered, ``method`` what the page makes of the assessment (None: nothing).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.assessors import Assessor
from partnerships.forms import choices
from partnerships.forms.fields import Text
from partnerships.models.fields import vocabulary_choices
from partnerships.presenters.questionnaire import party
from taxonomy.answers import KIND_CODES, LEVEL_CODES
from taxonomy.questions import LEVELS, NOT_APPLICABLE, Task

# What joins a task and a kind in the name of a field, and the name in place of a kind for "does not apply".
JOINT = "-"
FROM_THE_LIST = gettext_lazy("Choose from the list.")
State = Mapping[str, Any]


class UnknownAnswer(ValueError):
    """A page was sent something that it does not ask. The message says so to whoever reads the answer."""


class AnswersForm(forms.Form):
    """What the pages of an assessment have in common."""

    use_required_attribute = False
    names: tuple[str, ...] = ()
    method: str | None = None

    def __init__(
        self, data: Mapping[str, Any] | None, *, assessor: Assessor, state: State, given: State | None = None
    ) -> None:
        """``state`` is what is saved (see ``Assessor.state``); ``given``, in its place, what somebody typed before."""
        super().__init__(data, initial=dict(state if given is None else given))
        self.assessor = assessor

    def given(self) -> dict[str, Any]:
        """What was answered, by name; nothing for what could not be read."""
        read = self.cleaned_data if self.is_valid() or self.is_bound else {}
        return {name: read[name] for name in self.names if name in read}


class Prose(Text):
    """Text of several lines, with the line ends of the register whatever the browser sends."""

    widget = forms.Textarea(attrs={"rows": 3})

    def to_python(self, value: Any) -> str:
        """One sort of line end, so that the same text compares as the same."""
        return super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")


# ---- Task by task --------------------------------------------------------------------------------


@dataclass(frozen=True)
class TaskFields:
    """The fields of one question: a group of levels for each kind, and the box for "does not apply"."""

    task: Task
    kinds: tuple[BoundField, ...]
    na: BoundField
    levels: tuple[str, ...]
    helps: tuple[tuple[str, str], ...]


def field_name(task: str, kind: str) -> str:
    """The name of the field for a kind, or for "na", in a question."""
    return f"{task}{JOINT}{kind}"


def read_levels(data: QueryDict, tasks: Sequence[Task], kinds: Sequence[str]) -> dict[str, Any]:
    """Levels by task and kind, "na" or None, of a query or a form; a kind that is left blank is left out.

    Raises ``UnknownAnswer`` for a task, kind or level that is none of the page's; other names are not its business.
    """
    codes = {task.code for task in tasks}
    for name in data:
        task, joint, kind = name.partition(JOINT)
        if joint:
            _check_field(task, kind, data.getlist(name), codes, kinds)
    return {task.code: _levels_of(data, task.code, kinds) for task in tasks}


def _check_field(task: str, kind: str, values: list[str], tasks: set[str], kinds: Sequence[str]) -> None:
    if task not in tasks:
        raise UnknownAnswer(_("An answer came with a question that is not on the page."))
    if kind == NOT_APPLICABLE:
        return
    if kind not in KIND_CODES:
        raise UnknownAnswer(_("An answer came with a kind of partner that there is none of."))
    if kind not in kinds:
        message = _("An answer speaks of “%(kind)s”, which does not take part.")
        raise UnknownAnswer(message % {"kind": party(kind, ())})
    if not set(values) <= {*LEVEL_CODES, ""}:
        raise UnknownAnswer(_("An answer is none of those to choose from."))


def _levels_of(data: QueryDict, task: str, kinds: Sequence[str]) -> Any:
    if data.get(field_name(task, NOT_APPLICABLE)):
        return NOT_APPLICABLE
    levels = {kind: data.get(field_name(task, kind)) for kind in kinds}
    return {kind: level for kind, level in levels.items() if level} or None


class QuestionsForm(AnswersForm):
    """One question or several about who did what, for each kind that takes part.

    ``lenient`` lets a question stand without an answer. ``apart`` takes "does not apply" where a level is chosen too.
    """

    method = "guided"

    def __init__(
        self, data: QueryDict | None, *, assessor: Assessor, state: State, given: State | None = None,
        tasks: Sequence[Task], lenient: bool = False, apart: bool = False,
    ) -> None:  # fmt: skip
        """Raises ``UnknownAnswer`` for data that is none of the page's."""
        self.tasks = tuple(tasks)
        self.names = tuple(task.code for task in tasks)
        self.lenient = lenient
        self.typed = read_levels(data, tasks, assessor.kinds) if data is not None else {}
        data = _without_levels(data, self.names) if data and apart else data
        super().__init__(data, assessor=assessor, state={})
        for task in self.tasks:
            self._add_fields(task, (state if given is None else given).get(task.code))

    def _add_fields(self, task: Task, answer: Any) -> None:
        levels = answer if isinstance(answer, Mapping) else {}
        words = [(level.code, _(level.words(task.axis))) for level in LEVELS]
        for kind, names in self.assessor.names.items():
            self.fields[field_name(task.code, kind)] = forms.ChoiceField(
                label=party(kind, names), choices=words, required=False, initial=levels.get(kind),
                widget=forms.RadioSelect,
            )  # fmt: skip
        self.fields[field_name(task.code, NOT_APPLICABLE)] = forms.BooleanField(
            label=_("Does not apply"), required=False, initial=answer == NOT_APPLICABLE
        )

    def clean(self) -> dict[str, Any]:
        """Hold the box against the levels, and ask for an answer where one is needed."""
        for task in self.tasks:
            na = field_name(task.code, NOT_APPLICABLE)
            levels = [self.cleaned_data.get(field_name(task.code, kind)) for kind in self.assessor.kinds]
            if self.cleaned_data.get(na) and any(levels):
                self.add_error(na, _("Untick this, or leave out the answers above it. Both cannot be right."))
            elif not (self.lenient or any(levels) or self.cleaned_data.get(na)):
                first = field_name(task.code, next(iter(self.assessor.kinds), NOT_APPLICABLE))
                self.add_error(first, _("Say what each did, or choose “Don’t know”."))
        return self.cleaned_data

    def given(self) -> dict[str, Any]:
        """Each question's answer; a kind left blank beside an answered one is not known."""
        return {task: self._whole(answer) for task, answer in self.typed.items()}

    def _whole(self, answer: Any) -> Any:
        if not isinstance(answer, Mapping):
            return answer
        return {kind: answer.get(kind, "unknown") for kind in self.assessor.kinds}

    @property
    def groups(self) -> tuple[TaskFields, ...]:
        """The fields question by question."""
        return tuple(self._group(task) for task in self.tasks)

    @property
    def deciding(self) -> tuple[TaskFields, ...]:
        """The fields of the questions that decide."""
        return tuple(group for group in self.groups if group.task.decides)

    @property
    def uncounted(self) -> tuple[TaskFields, ...]:
        """The fields of the questions that are shown and never counted."""
        return tuple(group for group in self.groups if not group.task.decides)

    @property
    def says_more(self) -> bool:
        """Whether something stands in a question that is never counted."""
        return any(field.value() or field.errors for group in self.uncounted for field in (*group.kinds, group.na))

    def _group(self, task: Task) -> TaskFields:
        return TaskFields(
            task=task,
            kinds=tuple(self[field_name(task.code, kind)] for kind in self.assessor.kinds),
            na=self[field_name(task.code, NOT_APPLICABLE)],
            levels=tuple(_(level.words(task.axis)) for level in LEVELS),
            helps=tuple(
                (_(level.words(task.axis)), _(level.help_words(task.axis)))
                for level in LEVELS
                if level.help_words(task.axis)
            ),
        )


def _without_levels(data: QueryDict, tasks: Sequence[str]) -> QueryDict:
    """The same answers, without the levels of questions that are said not to apply."""
    settled = {task for task in tasks if data.get(field_name(task, NOT_APPLICABLE))}
    kept = data.copy()
    for name in data:
        task, _joint, kind = name.partition(JOINT)
        if task in settled and kind != NOT_APPLICABLE:
            del kept[name]
    return kept


# ---- Stated directly -----------------------------------------------------------------------------


def _responsibility(label: Any, options: choices.Choices, missing: Any, hints: choices.Hints) -> forms.ChoiceField:
    widget = forms.RadioSelect()
    widget.hints = hints
    messages = {"required": missing, "invalid_choice": FROM_THE_LIST}
    return forms.ChoiceField(label=label, choices=options, widget=widget, error_messages=messages)


class DirectForm(AnswersForm):
    """The two responsibilities, for whoever knows them already, and how they know."""

    method = "direct"
    names = ("design", "delivery", "reason")

    design = _responsibility(
        gettext_lazy("Who designs it?"), choices.DESIGN,
        gettext_lazy("Say who designs it, or that it is not known."), choices.DESIGN_HINTS,
    )  # fmt: skip
    delivery = _responsibility(
        gettext_lazy("Who delivers it?"), choices.DELIVERY,
        gettext_lazy("Say who delivers it, or that it is not known."), choices.DELIVERY_HINTS,
    )  # fmt: skip
    reason = Prose(
        most=2000,
        missing=gettext_lazy("Say how you know."),
        label=gettext_lazy("How do you know?"),
        help_text=gettext_lazy("A contract, minutes, an evaluation, or your own work there."),
    )

    def __init__(
        self, data: Mapping[str, Any] | None, *, assessor: Assessor, state: State, given: State | None = None
    ) -> None:
        """A responsibility that somebody left open shows as "not known"; before that nothing is chosen."""
        if given is not None or assessor.present().method == self.method:
            shown = state if given is None else given
            state = {**shown, **{axis: shown[axis] or choices.UNKNOWN for axis in ("design", "delivery")}}
        super().__init__(data, assessor=assessor, state=state)

    def given(self) -> dict[str, Any]:
        """Not known is stored as nothing."""
        return {name: "" if value == choices.UNKNOWN else value for name, value in super().given().items()}


# ---- What it rests on ----------------------------------------------------------------------------


class BasisForm(AnswersForm):
    """What the answers rest on, whose view they are, and anything else."""

    reason = Prose(
        most=2000,
        label=gettext_lazy("What do your answers rest on?"),
        help_text=gettext_lazy("A contract, minutes, an evaluation, or your own work there."),
    )
    perspective = forms.ChoiceField(
        label=gettext_lazy("Whose view is this?"),
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--small"}),
        error_messages={
            "required": gettext_lazy("Choose whose view this is."), "invalid_choice": FROM_THE_LIST,
        },
    )  # fmt: skip
    comment = Prose(most=2000, label=gettext_lazy("Anything else?"))

    def __init__(
        self, data: Mapping[str, Any] | None, *, assessor: Assessor, state: State, given: State | None = None
    ) -> None:
        """Ask only for what this assessor has to say: see ``names_for``."""
        super().__init__(data, assessor=assessor, state=state, given=given)
        self.names = self.names_for(assessor)
        for name in {*self.fields} - {*self.names}:
            del self.fields[name]
        if "perspective" in self.fields:
            labels = vocabulary_choices("PERSPECTIVES")
            self.fields["perspective"].choices = [(c, label) for c, label in labels if c in assessor.perspectives]

    @staticmethod
    def names_for(assessor: Assessor) -> tuple[str, ...]:
        """A direct statement has its reason already, and whose view an invitation asks for is settled."""
        reason = () if assessor.present().method == "direct" else ("reason",)
        perspective = ("perspective",) if len(assessor.perspectives) > 1 else ()
        return (*reason, *perspective, "comment")
