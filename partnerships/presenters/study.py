"""The case study of a partnership: its story, lessons and pictures."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from partnerships.models import CaseStudy, Partnership
from partnerships.presenters import words


@dataclass(frozen=True)
class PictureView:
    """A picture of the case study."""

    url: str
    alt: str
    caption: str
    credit: str
    width: int
    height: int


@dataclass(frozen=True)
class StudyView:
    """The curated story."""

    headline: str
    body: str
    lessons: tuple[tuple[str, str], ...]
    pictures: tuple[PictureView, ...]


def study_view(partnership: Partnership) -> StudyView | None:
    """The case study, if there is one."""
    study: CaseStudy | None = getattr(partnership, "case_study", None)
    if study is None:
        return None
    return StudyView(
        headline=study.headline,
        body=study.body,
        lessons=tuple((words.term("LESSON_THEMES", lesson.theme), lesson.text) for lesson in study.lessons.all()),
        pictures=tuple(
            PictureView(
                reverse("case-image", args=[partnership.slug, image.pk]),
                image.alt, image.caption, image.credit, image.width, image.height,
            )
            for image in study.images.all()
        ),
    )  # fmt: skip
