"""A selection of lessons: the filters of every page, and themes besides them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from partnerships.models import Lesson
from partnerships.presenters import words
from partnerships.presenters.facets import SHOWN_OPTIONS, Chip, FacetView, Filters, Option, Way, filters, ways_out
from partnerships.selection import Selection
from taxonomy.vocabulary import LESSON_THEMES


@dataclass(frozen=True)
class LessonSelection(Selection):
    """A selection narrowed by themes too, which stand among its values and in its links."""

    @property
    def themes(self) -> tuple[str, ...]:
        """Codes of LESSON_THEMES; none stands for all."""
        return self.values.get("theme", ())

    def query(self, **changes: str | list[str] | None) -> str:
        """As of any selection, with the themes at the end."""
        changed = changes.pop("theme", list(self.themes)) or []
        themes = urlencode([("theme", theme) for theme in ([changed] if isinstance(changed, str) else changed)])
        rest = super().query(**changes)
        return f"{rest}{'&' if rest else '?'}{themes}" if themes else rest


def themed(selection: Selection, themes: Iterable[str]) -> LessonSelection:
    """The selection with themes."""
    given = {field.name: getattr(selection, field.name) for field in fields(selection)}
    return LessonSelection(**{**given, "values": {**selection.values, "theme": tuple(themes)}})


def taught(themes: Iterable[str] = ()) -> QuerySet:
    """The keys of partnerships whose case study has a lesson, of one of the themes if there are any."""
    lessons = Lesson.objects.filter(theme__in=themes) if themes else Lesson.objects.all()
    return lessons.order_by().values("case_study__partnership")


def _teaching(themes: Iterable[str]) -> Callable[[Selection], QuerySet]:
    """What of a selection the page is about."""
    return lambda selection: selection.partnerships.filter(pk__in=taught(themes))


def lesson_filters(selection: LessonSelection, themes: Iterable[str]) -> Filters:
    """The filter column with the themes on top; ``themes`` holds one for each lesson, chosen or not. One query."""
    found = filters(selection, _teaching(selection.themes))
    chosen = tuple(_chip(theme, selection) for theme in selection.themes)
    return replace(
        found, facets=(_facet(selection, Counter(themes)), *found.facets), chips=(*chosen, *found.chips),
        clear_url=reverse("lessons"),
    )  # fmt: skip


def _facet(selection: LessonSelection, numbers: Counter[str]) -> FacetView:
    """The themes, each with the number of its lessons whatever other themes are chosen."""
    codes = [code for code in LESSON_THEMES.codes if numbers[code] or code in selection.themes]
    options = tuple(
        Option(
            f"facet-theme-{code}", words.term("LESSON_THEMES", code), numbers[code],
            selection.toggled("theme", code) or "?", code in selection.themes,
        )
        for code in codes
    )  # fmt: skip
    return FacetView("theme", _("Theme"), options[:SHOWN_OPTIONS], options[SHOWN_OPTIONS:], fixed=True)


def _chip(theme: str, selection: LessonSelection) -> Chip:
    text = words.term("LESSON_THEMES", theme)
    return Chip(text, selection.toggled("theme", theme) or "?", _("Remove filter: %(text)s") % {"text": text})


def lesson_ways_out(selection: LessonSelection, cases: int) -> tuple[Way, ...]:
    """As of any selection; the themes are one more filter to drop, without which so many cases are left."""
    ways = ways_out(selection, _teaching(selection.themes))
    if selection.themes and cases:
        themes = ", ".join(words.term("LESSON_THEMES", theme) for theme in selection.themes)
        ways = (Way(themes, cases, selection.query(theme=None) or "?"), *ways)
    return ways
