"""Builders for tests: each makes one row with what it cannot do without, and takes any other field by name.

What is built is as the register's own actions leave it: a published partnership has a slug, a date and an index.
"""

import random
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from io import BytesIO
from itertools import count
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from PIL import Image
from pytest_django import DjangoDbBlocker

from accounts.models import Organisation, User
from accounts.roles import Role
from partnerships.actions import free_slug
from partnerships.index import reindex, reindex_all
from partnerships.models import (
    Assessment,
    CaseImage,
    CaseStudy,
    ChecklistItem,
    Evidence,
    Invitation,
    Partner,
    Partnership,
    Phase,
    Source,
    Statement,
)
from partnerships.models.fields import Member
from partnerships.models.partnership import DRAFT, PUBLISHED, SUBMITTED, WITHDRAWN
from partnerships.querysets import prefix_of
from taxonomy import codebook
from taxonomy.cells import cells_of
from taxonomy.lenses import PROFESSIONAL, SECTOR, Lens
from taxonomy.vocabulary import UNITS

_numbers = count(1)

# Responsibilities by their short names in the tests, and the sentences that an inferred position must have.
PUBLIC, SHARED, CITIZENS = "public", "shared", "citizens_or_third_sector"
INFERENCE = {"certainty": "inferred", "confidence": "low", "reason": "Nobody says so."}

# Answers that give cell 7: a council decides, a charity with its volunteers does the work, residents were surveyed.
ANSWERS = {
    "outcomes": {"public": "led", "third_sector": "asked", "citizens": "asked"},
    "model": {"public": "led", "third_sector": "asked"},
    "detail": {"public": "led"},
    "signoff": {"public": "led", "third_sector": "together"},
    "run": {"third_sector": "led"},
    "front": {"third_sector": "led", "citizens": "together"},
}


def user(role: str = Role.OFFICER, **fields: Any) -> User:
    """Somebody with an account, by default an officer of an organisation of their own."""
    number = next(_numbers)
    if role == Role.OFFICER:
        fields.setdefault("organisation", organisation())
    return User.objects.create_user(fields.pop("email", f"person-{number}@example.org"), role=role, **fields)


def organisation(name: str = "", **fields: Any) -> Organisation:
    """An organisation, a public body unless ``kind`` says otherwise."""
    number = next(_numbers)
    name = name or f"Council {number}"
    return Organisation.objects.create(
        **{"name": name, "slug": f"{slugify(name)}-{number}", "kind": "public", **fields}
    )


def position(
    design: str = "", delivery: str = "", possible: Iterable[Member] | None = None, *, lens: Lens = SECTOR
) -> dict[str, Any]:
    """The fields of a phase that hold its position under one lens. ``possible`` is the product unless given."""
    prefix = prefix_of(lens)
    cells = cells_of(design, delivery, lens) if possible is None else frozenset(possible)
    return {f"{prefix}design": design, f"{prefix}delivery": delivery, f"{prefix}possible_cells": cells}


def partnership(
    title: str = "", *, status: str = PUBLISHED, design: str = "", delivery: str = "",
    possible: Iterable[Member] | None = None, lens: Lens = SECTOR, phase: dict[str, Any] | None = None,
    partners: Iterable[tuple[str, str]] = (), **fields: Any,
) -> Partnership:  # fmt: skip
    """A partnership with one phase, as it stands in the register once its actions are through.

    ``design``, ``delivery`` and ``possible`` give its position under ``lens``; ``phase`` takes any other field of the
    phase (``{"planned": True}``, ``INFERENCE``); ``partners`` are pairs of kind and name.
    """
    title = title or f"Partnership {next(_numbers)}"
    now = timezone.now()
    if status in (PUBLISHED, WITHDRAWN):
        fields = {"slug": free_slug(title), "published_at": now, **fields}
    if status != DRAFT:
        fields = {"submitted_at": now, **fields}
    made = Partnership.objects.create(**{"title": title, "unit": "case", "status": status, **fields})
    for kind, name in partners:
        Partner.objects.create(partnership=made, kind=kind, name=name)
    stands = {"design": design, "delivery": delivery, "possible": possible, "lens": lens}
    add_phase(made, **{**stands, **(phase or {})})
    made.refresh_from_db()
    return made


def add_phase(
    partnership: Partnership, *, design: str = "", delivery: str = "", possible: Iterable[Member] | None = None,
    lens: Lens = SECTOR, **fields: Any,
) -> Phase:  # fmt: skip
    """One more phase, after the last; a position without a stated certainty is one that a source states."""
    fields = {**position(design, delivery, possible, lens=lens), **fields}
    made = Phase(partnership=partnership, **fields)
    made.order = fields.get("order") or partnership.phases.count() + 1
    made.name = made.name or f"Phase {made.order}"
    if made.placed() or made.placed("professional_"):
        made.certainty = made.certainty or "source_stated"
    made.save()
    _index(partnership)
    made.refresh_from_db()
    return made


def source(title: str = "", **fields: Any) -> Source:
    """A source that no record leans on yet."""
    number = next(_numbers)
    return Source.objects.create(**{"title": title or f"Report {number}", "slug": f"source-{number}", **fields})


def statement(partnership: Partnership, **fields: Any) -> Statement:
    """What a source says; a plain statement of a source of its own unless said otherwise."""
    made = Statement.objects.create(
        partnership=partnership, **{"source": fields.pop("source", None) or source(), "kind": "explicit", **fields}
    )
    _index(partnership)
    return made


def evidence(partnership: Partnership, **fields: Any) -> Evidence:
    """A place in a source that supports the record."""
    made = Evidence.objects.create(
        partnership=partnership, **{"source": fields.pop("source", None) or source(), **fields}
    )
    _index(partnership)
    return made


def assessment(phase: Phase, *, submitted: bool = True, **fields: Any) -> Assessment:
    """An assessment of a phase, direct unless ``method`` is "guided", handed in unless ``submitted`` says otherwise.

    Before publication it is the keepers', unless it is by invitation. A guided one without ``answers`` gives
    ``ANSWERS``; handed in, it bears the result of its codebook's rule.
    """
    fields = {"codebook": "1.0", "submitted_at": timezone.now() if submitted else None, **fields}
    fields.setdefault("by_keepers", not (phase.partnership.is_published or fields.get("by_invitation")))
    if fields.get("method") == "guided":
        fields.setdefault("answers", ANSWERS)
        if fields["submitted_at"] and "result" not in fields:
            fields["result"] = codebook.CODEBOOKS[fields["codebook"]].derive(fields["answers"]).as_dict()
    else:
        fields.setdefault("reason", "The contract")
    return Assessment.objects.create(phase=phase, **fields)


def invitation(phase: Phase, **fields: Any) -> Invitation:
    """A live invitation to a residents' group, made by an officer of the keeping organisation."""
    if "invited_by" not in fields:
        keeper = phase.partnership.organisation
        fields["invited_by"] = user(organisation=keeper) if keeper else user()
    return Invitation.objects.create(
        phase=phase, **{"perspective": "users_or_community", "label": "The residents of Elm Street", **fields}
    )


def invited_assessment(phase: Phase, *, label: str = "The residents of Elm Street", **fields: Any) -> Assessment:
    """A guided assessment that came by an invitation of this ``label``: no account, no name."""
    fields = {"method": "guided", "perspective": "users_or_community", **fields}
    made = assessment(phase, by_invitation=True, **fields)
    invitation(phase, label=label, perspective=made.perspective, assessment=made)
    return made


def checklist_item(phase: Phase, **fields: Any) -> ChecklistItem:
    """One answered item of a checklist: the partners met in design workshops."""
    return ChecklistItem.objects.create(phase=phase, **{"item": "process.workshops", "answer": "yes", **fields})


def case_study(partnership: Partnership, **fields: Any) -> CaseStudy:
    """The story of a partnership."""
    return CaseStudy.objects.create(partnership=partnership, **{"headline": "A story", "body": "Once.", **fields})


def picture(partnership: Partnership, **fields: Any) -> CaseImage:
    """A small picture in the case study, which is made where there is none."""
    study = CaseStudy.objects.filter(partnership=partnership).first() or case_study(partnership)
    file = BytesIO()
    Image.new("RGB", (2, 1)).save(file, "PNG")
    image = ContentFile(file.getvalue(), "picture.png")
    return CaseImage.objects.create(case_study=study, **{"image": image, "alt": "A garden", "credit": "CC0", **fields})


def a_register(number: int, *, seed: int = 1) -> list[Partnership]:
    """Partnerships of every unit, status and position, the same ones for the same ``seed``."""
    chance = random.Random(seed)  # noqa: S311  nobody guards anything with it
    with indexed_at_the_end():
        made = [_any_partnership(chance, place) for place in range(number)]
    for one in made:
        one.refresh_from_db()
    return made


def _any_partnership(chance: random.Random, place: int) -> Partnership:
    """One of them: mostly published and counted, in two countries and three areas."""
    made = partnership(
        f"{chance.choice(['Ållé', 'Berg', 'Cwm', 'Dún'])} {place}",
        status=chance.choice([PUBLISHED] * 6 + [DRAFT, SUBMITTED, WITHDRAWN]),
        unit=chance.choice(["case", "programme", "component"] * 3 + list(UNITS.codes)),
        countries=chance.choice([[], ["IT"], ["NO"], ["IT", "NO"]]),
        service_areas=chance.choice([[], ["07"], ["07.2"], ["10", "03.4"]]),
        phase={**_any_position(chance), **_any_dates(chance, 2000)},
        nation=chance.choice(["", "Wales", "Ålesund & North"]), vehicle=chance.choice(["", "alliance_contracting"]),
        risk=chance.choice(["", "local_public"]), level=chance.choice(["", "support", "transformation"]),
        nature=chance.choice([[], ["group"], ["group", "mixed"]]), effect=chance.choice(["", "additive"]),
        stages=chance.choice([[], ["design", "delivery"]]), reached=chance.choice(["", "organisations_only"]),
        partners=chance.choice([(), [("public", "A")], [("public", "A"), ("citizens", "B")]]),
        last_confirmed=chance.choice([None, date(2024, 5, 1), date(2025, 6, 1)]),
    )  # fmt: skip
    if chance.random() < 0.3:
        add_phase(made, **{**_any_position(chance), **_any_dates(chance, 2013)})
    return made


def _any_dates(chance: random.Random, first: int) -> dict[str, Any]:
    """No date, a start, or a start and an end, within eight years."""
    year = first + chance.randrange(4)
    starts = {"starts": date(year, 1, 1), "starts_precision": "year"}
    ends = {"ends": date(year + chance.randrange(4), 12, 31), "ends_precision": "year"}
    return chance.choice([{}, starts, {**starts, **ends}, {**starts, **ends}])


def _any_position(chance: random.Random) -> dict[str, Any]:
    """A cell, a set, no position, outside, planned or inferred; sometimes under the professional lens as well."""
    levels = [level.code for level in SECTOR.levels]
    fields = chance.choice([
        position(chance.choice(levels), chance.choice(levels)),
        position(chance.choice(levels), chance.choice(levels)),
        position(chance.choice(levels), ""),
        position("", "", {6, 9}),
        position("", "", {7, "nobody"}),
        position("", "", {"outside"}),
        {},
    ])  # fmt: skip
    if chance.random() < 0.4:
        paid, users = (PROFESSIONAL.levels[chance.randrange(3)].code for _ in range(2))
        fields |= position(paid, users, lens=PROFESSIONAL)
    if fields:
        fields |= INFERENCE if chance.random() < 0.2 else {"certainty": "assessed"}
    return {**fields, "planned": chance.random() < 0.1}


@contextmanager
def indexed_at_the_end() -> Iterator[None]:
    """Many rows in less time: what is built inside is brought into the index once, when all of it is there."""
    _waiting.append(True)
    try:
        yield
    finally:
        _waiting.pop()
    if not _waiting:
        reindex_all()


_waiting: list[bool] = []


def _index(partnership: Partnership) -> None:
    """Bring the index up to date, unless ``indexed_at_the_end`` will."""
    if not _waiting:
        reindex(partnership)


@contextmanager
def standing(blocker: DjangoDbBlocker, build: Callable[[], Any]) -> Iterator[Any]:
    """What ``build`` makes, for a whole module of tests: made once, and taken back when the last of them is through."""
    with blocker.unblock(), transaction.atomic():
        made = build()
        with blocker.block():
            yield made
        transaction.set_rollback(True)
