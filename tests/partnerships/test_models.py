"""The register's tables: what the database itself refuses, the generated cells, and what a row says of itself."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import product
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from partnerships.models import (
    Assessment,
    CaseImage,
    CaseStudy,
    DuplicateVerdict,
    Evidence,
    Facet,
    Lesson,
    Partner,
    Partnership,
    Phase,
    Source,
    Statement,
)
from partnerships.models.fields import ALL_CELLS, CELL_BITS, MEMBERS, Member, bits_of
from partnerships.querysets import prefix_of
from taxonomy.cells import cell_number, cells_of
from taxonomy.lenses import LENSES, PROFESSIONAL, SECTOR, Lens
from tests import factories

EACH_LENS = pytest.mark.parametrize("lens", LENSES.values(), ids=LENSES)


# ---- Valid rows that the faults below are made in ----------------------------------------------


def a_partnership() -> Partnership:
    return factories.partnership("Recovery college")


def a_partner() -> Partner:
    return factories.partnership(partners=[("public", "Leith Council"), ("public", "Perth Council")]).partners.last()


def a_phase() -> Phase:
    """The second of two; undated, and settled in cell 5."""
    partnership = factories.partnership(design="public", delivery="public")
    return factories.add_phase(partnership, design="shared", delivery="shared")


def a_dated_phase() -> Phase:
    dates = {
        "starts": date(2013, 1, 1),
        "starts_precision": "year",
        "ends": date(2014, 12, 31),
        "ends_precision": "year",
    }
    return factories.partnership(phase=dates).phases.get()


def an_inferred_phase() -> Phase:
    return factories.partnership(design="shared", delivery="shared", phase=factories.INFERENCE).phases.get()


def a_professional_phase() -> Phase:
    return factories.partnership(design="shared", delivery="shared", lens=PROFESSIONAL).phases.get()


def an_assessment() -> Assessment:
    """The second one of a phase by one person; both are handed in."""
    phase, assessor = factories.partnership().phases.get(), factories.user()
    factories.assessment(phase, assessor=assessor, submitted=False)
    return factories.assessment(phase, assessor=assessor)


def a_statement() -> Statement:
    partnership = factories.partnership()
    return factories.statement(partnership, phase=partnership.phases.get(), cells={5})


def a_movement() -> Statement:
    return factories.statement(factories.partnership(), kind="movement", from_cells={4, 7}, to_cells={5})


def an_evidence() -> Evidence:
    return factories.evidence(factories.partnership(), grade="B")


def a_source() -> Source:
    return factories.source(year=2013)


def a_facet() -> Facet:
    """The second of two."""
    return factories.partnership(countries=["IT", "NO"]).facets.order_by("value").last()


def a_lesson() -> Lesson:
    study = CaseStudy.objects.create(partnership=factories.partnership(), headline="Care", body="It works.")
    return study.lessons.create(theme="time", text="It takes time.")


def an_image() -> CaseImage:
    return factories.picture(factories.partnership())


def a_checklist_item() -> models.Model:
    """An item with dates, beside another one of the same phase."""
    phase = factories.partnership().phases.get()
    factories.checklist_item(phase, item="features.assets")
    years = {
        "starts": date(2012, 1, 1),
        "starts_precision": "year",
        "ends": date(2013, 12, 31),
        "ends_precision": "year",
    }
    return factories.checklist_item(phase, item="features.capabilities", answer="yes", **years)


def an_invitation() -> models.Model:
    return factories.invitation(factories.partnership().phases.get())


def a_revision() -> models.Model:
    """A declined change, beside one that is pending."""
    partnership = factories.partnership()
    for status in ("open", "declined"):
        made = partnership.revisions.create(status=status, record={}, base={}, base_version=1)
    return made


def a_verdict() -> models.Model:
    """The second word about a record; the keys of the three are known."""
    one, other, third = (factories.partnership(title, pk=key) for key, title in KEYS.items())
    DuplicateVerdict.objects.create(one=one, other=other, same=True)
    return DuplicateVerdict.objects.create(one=one, other=third, same=False)


KEYS = {901: "Garden", 902: "Orchard", 903: "Field"}
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


PARTNERSHIP_CODES = (
    "vehicle", "risk", "level", "nature_basis", "effect", "interaction", "design_approach", "reached", "definition",
)  # fmt: skip
# Constraint, the valid row, and what breaks it. A constraint with several sides has several entries.
FAULTS: list[tuple[str, Callable[[], models.Model], dict[str, Any]]] = [
    ("partnership_status_known", a_partnership, {"status": "public"}),
    ("partnership_status_known", a_partnership, {"status": ""}),
    ("partnership_unit_known", a_partnership, {"unit": "charity"}),
    ("partnership_unit_known", a_partnership, {"unit": ""}),
    ("partnership_published_has_slug", a_partnership, {"slug": None}),
    ("partnership_published_has_slug", a_partnership, {"published_at": None}),
    ("partnership_not_part_of_itself", a_partnership, {"part_of": "itself"}),
    ("partner_once", a_partner, {"name": "Leith Council"}),
    ("partner_kind_known", a_partner, {"kind": "state"}),
    ("phase_name_once", a_phase, {"name": "Phase 1"}),
    ("phase_order_once", a_phase, {"order": 1}),
    ("phase_one_current", lambda: a_phase().partnership.phases.get(order=1), {"current": True}),
    ("phase_levels_known", a_phase, {"design": "charity"}),
    ("phase_levels_known", a_phase, {"delivery": "professionals"}),
    ("phase_levels_known", a_professional_phase, {"professional_design": "public"}),
    ("phase_levels_known", a_professional_phase, {"professional_delivery": "public"}),
    ("phase_set_agrees", a_phase, {"possible_cells": frozenset({4, 5})}),
    ("phase_set_agrees", a_phase, {"possible_cells": frozenset()}),
    ("phase_set_agrees", a_phase, {"possible_cells": frozenset({5, "nobody"})}),
    ("phase_professional_set_agrees", a_professional_phase, {"professional_possible_cells": frozenset({5, "outside"})}),
    ("phase_professional_set_agrees", a_professional_phase, {"professional_possible_cells": frozenset({6})}),
    ("phase_professional_set_agrees", a_professional_phase, {"professional_possible_cells": frozenset()}),
    ("phase_ends_after_start", a_dated_phase, {"ends": date(2012, 12, 31)}),
    ("phase_dates_have_precision", a_dated_phase, {"starts_precision": ""}),
    ("phase_dates_have_precision", a_dated_phase, {"ends_precision": ""}),
    ("phase_dates_have_precision", a_dated_phase, {"starts": None}),
    ("phase_dates_have_precision", a_dated_phase, {"ends": None}),
    ("phase_inferred_has_reason", an_inferred_phase, {"confidence": ""}),
    ("phase_inferred_has_reason", an_inferred_phase, {"reason": ""}),
    ("phase_position_has_basis", a_phase, {"certainty": ""}),
    ("phase_position_has_basis", a_professional_phase, {"certainty": ""}),
    ("assessment_one_open", an_assessment, {"submitted_at": None}),
    ("assessment_levels_known", an_assessment, {"design": "charity"}),
    ("assessment_levels_known", an_assessment, {"delivery": "professionals"}),
    ("assessment_direct_has_reason", an_assessment, {"reason": ""}),
    ("assessment_invited_has_no_account", an_assessment, {"by_invitation": True}),
    ("checklist_item_once", a_checklist_item, {"item": "features.assets"}),
    ("checklist_item_known", a_checklist_item, {"item": "features.unheard_of"}),
    ("checklist_answer_known", a_checklist_item, {"answer": "perhaps"}),
    ("checklist_answer_known", a_checklist_item, {"answer": ""}),
    ("checklist_ends_after_start", a_checklist_item, {"ends": date(2011, 12, 31)}),
    ("checklist_dates_have_precision", a_checklist_item, {"starts_precision": ""}),
    ("checklist_dates_have_precision", a_checklist_item, {"ends": None}),
    ("invitation_perspective_known", an_invitation, {"perspective": "researcher"}),
    ("invitation_ends_after_start", an_invitation, {"expires_at": LONG_AGO}),
    ("statement_movement_has_sets", a_movement, {"from_cells": frozenset()}),
    ("statement_movement_has_sets", a_movement, {"to_cells": frozenset()}),
    ("statement_movement_has_sets", a_statement, {"kind": "movement"}),
    ("statement_movement_has_sets", a_statement, {"from_cells": frozenset({4})}),
    ("statement_movement_has_sets", a_statement, {"to_cells": frozenset({4})}),
    ("statement_movement_has_sets", a_movement, {"phase": "its own"}),
    ("statement_levels_known", a_statement, {"design": "professionals"}),
    ("statement_levels_known", a_statement, {"lens": "professional", "delivery": "public"}),
    ("revision_one_pending", a_revision, {"status": "submitted"}),
    ("revision_status_known", a_revision, {"status": "unheard-of"}),
    ("duplicate_pair_once", a_verdict, {"other_id": 902}),
    ("duplicate_pair_in_order", a_verdict, {"one_id": 903}),
    ("evidence_grade_known", an_evidence, {"grade": "E"}),
    ("source_year_plausible", a_source, {"year": 13}),
    ("source_year_plausible", a_source, {"year": 20130}),
    ("facet_once", a_facet, {"value": "IT"}),
    ("image_has_alt", an_image, {"alt": ""}),
    ("source_kind_known", a_source, {"kind": "unheard-of"}),
    ("lesson_theme_known", a_lesson, {"theme": "unheard-of"}),
    *((f"partnership_{field}_known", a_partnership, {field: "unheard-of"}) for field in PARTNERSHIP_CODES),
    *((f"phase_{field}_known", a_phase, {field: "unheard-of"}) for field in ("certainty", "confidence")),
    *((f"assessment_{field}_known", an_assessment, {field: "unheard-of"}) for field in ("perspective", "method")),
    *((f"statement_{field}_known", a_statement, {field: "unheard-of"}) for field in ("kind", "basis", "lens")),
]
EACH_FAULT = pytest.mark.parametrize(
    ("name", "build", "changes"), FAULTS, ids=[f"{name}-{'-'.join(changes)}" for name, _build, changes in FAULTS]
)


def made_faulty(build: Callable[[], models.Model], changes: dict[str, Any]) -> tuple[models.Model, dict[str, Any]]:
    """The valid row, and the changes with what they name looked up."""
    row = build()
    if changes.get("part_of"):
        return row, {"part_of": row}
    if changes.get("phase"):
        return row, {"phase": row.partnership.phases.get()}
    return row, changes


def constraint_of(row: models.Model, name: str) -> models.BaseConstraint:
    return next(constraint for constraint in row._meta.constraints if constraint.name == name)


@pytest.mark.django_db
@EACH_FAULT
def test_a_fault_is_told_in_words_and_refused_by_the_database_too(
    name: str, build: Callable[[], models.Model], changes: dict[str, Any]
) -> None:
    row, changes = made_faulty(build, changes)
    for field, value in changes.items():
        setattr(row, field, value)

    with pytest.raises(ValidationError):
        row.full_clean()
    with pytest.raises(ValidationError) as told:
        constraint_of(row, name).validate(type(row), row)
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        type(row)._default_manager.filter(pk=row.pk).update(**changes)

    [sentence] = told.value.messages
    assert sentence.endswith(".")
    assert name not in sentence
    # SQLite names the columns of a unique constraint rather than the constraint.
    assert name in str(refused.value) or "UNIQUE constraint failed" in str(refused.value)


@pytest.mark.django_db
def test_rows_added_in_bulk_are_held_to_the_same_rules() -> None:
    partnership = factories.partnership()

    with pytest.raises(IntegrityError), transaction.atomic():
        Phase.objects.bulk_create([Phase(partnership=partnership, name="Pilot", order=2, design="charity")])


def test_every_constraint_has_a_fault_above() -> None:
    named = {constraint.name for model in apps.get_app_config("partnerships").get_models()
             for constraint in model._meta.constraints}  # fmt: skip

    assert named == {name for name, _build, _changes in FAULTS}


# ---- Cells are generated -----------------------------------------------------------------------


@pytest.mark.django_db
@EACH_LENS
def test_the_database_generates_all_nine_cells(lens: Lens) -> None:
    prefix = prefix_of(lens)
    levels = [level.code for level in lens.levels]
    partnership = factories.partnership()
    Phase.objects.bulk_create(
        Phase(
            partnership=partnership, name=f"{design}/{delivery}", order=order, certainty="assessed",
            **factories.position(design, delivery, lens=lens),
        )
        for order, (design, delivery) in enumerate(product(levels, levels), start=2)
    )  # fmt: skip

    found = dict(partnership.phases.filter(order__gte=2).values_list("name", f"{prefix}cell"))

    assert sorted(found.values()) == list(range(1, 10))
    assert found == {f"{a}/{b}": cell_number(a, b, lens) for a, b in product(levels, levels)}


@pytest.mark.django_db
@EACH_LENS
@pytest.mark.parametrize(("column", "row"), [(None, 1), (1, None), (None, None)])
def test_a_responsibility_that_is_not_known_leaves_no_cell(lens: Lens, column: int | None, row: int | None) -> None:
    design = "" if column is None else lens.levels[column].code
    delivery = "" if row is None else lens.levels[row].code

    phase = factories.partnership(design=design, delivery=delivery, lens=lens).phases.get()

    assert getattr(phase, f"{prefix_of(lens)}cell") is None


@pytest.mark.django_db
def test_a_cell_follows_its_responsibilities() -> None:
    phase = a_phase()

    Phase.objects.filter(pk=phase.pk).update(**factories.position("public", "citizens_or_third_sector"))

    phase.refresh_from_db()
    assert phase.cell == 7


@pytest.mark.django_db
def test_the_two_lenses_do_not_touch_each_other() -> None:
    phase = factories.partnership(
        design="public", delivery="citizens_or_third_sector",
        phase=factories.position("professionals", "professionals", lens=PROFESSIONAL),
    ).phases.get()  # fmt: skip

    assert (phase.cell, phase.professional_cell) == (7, 1)


# ---- Which sets go with which responsibilities -------------------------------------------------

WORDS: list[frozenset[Member]] = [
    frozenset(),
    frozenset({"outside"}),
    frozenset({"nobody"}),
    frozenset({"outside", "nobody"}),
]
CELL_SETS = [
    *(frozenset({number}) for number in ALL_CELLS), frozenset(), frozenset({1, 4, 7}), frozenset({2, 5, 8}),
    frozenset({4, 5, 6}), frozenset({7, 8, 9}), frozenset({6, 9}), frozenset({2, 4}), ALL_CELLS - {9}, ALL_CELLS,
]  # fmt: skip


def may_stand(design: str, delivery: str, possible: frozenset[Member], lens: Lens) -> bool:
    """Design.md, Phase: a responsibility is set only when all possible cells agree on it; a set is never empty."""
    cells = {member for member in possible if isinstance(member, int)}
    agrees = cells <= cells_of(design, delivery, lens)
    return bool(possible) and agrees and not (design and delivery and cells != possible)


@pytest.mark.django_db
@EACH_LENS
def test_responsibilities_and_sets_that_may_stand_together(lens: Lens) -> None:
    phase = factories.partnership(phase={"certainty": "assessed"}).phases.get()
    levels = ["", *(level.code for level in lens.levels)]
    wrong = []
    for design, delivery, cells, words in product(levels, levels, CELL_SETS, WORDS):
        values = factories.position(design, delivery, cells | words, lens=lens)
        if accepted(phase, values) != may_stand(design, delivery, cells | words, lens):
            wrong.append((design, delivery, cells | words))

    assert wrong == []


def accepted(phase: Phase, values: dict[str, Any]) -> bool:
    """Whether the database takes these values."""
    try:
        with transaction.atomic():
            Phase.objects.filter(pk=phase.pk).update(**values)
    except IntegrityError:
        return False
    return True


@pytest.mark.django_db
@pytest.mark.parametrize("bits", [1 << 11, 1 << 14, CELL_BITS | 1 << 11])
def test_bits_that_mean_nothing_are_refused(bits: int) -> None:
    assert not accepted(a_phase(), {"design": "", "delivery": "", "possible_cells": bits})


@pytest.mark.django_db
@pytest.mark.parametrize("words", WORDS, ids=["alone", "outside", "nobody", "both"])
def test_all_nine_cells_need_no_basis_whatever_else_is_possible(words: frozenset[Member]) -> None:
    phase = factories.partnership(possible=ALL_CELLS | words).phases.get()

    assert phase.certainty == ""
    assert not phase.placed()


# ---- What a row says of itself -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("possible", "placed"), [(ALL_CELLS, False), (frozenset(MEMBERS), False), ({5}, True), ({"outside"}, True)]
)
def test_a_phase_is_placed_where_fewer_than_nine_cells_are_left(possible: set[Member], placed: bool) -> None:
    phase = Phase(possible_cells=frozenset(possible))

    assert phase.placed() is placed
    assert phase.placed("professional_") is False


def test_an_inferred_position_is_known_by_its_certainty() -> None:
    assert Phase(certainty="inferred").is_inferred
    assert not Phase(certainty="assessed").is_inferred


@pytest.mark.parametrize(
    ("status", "published", "is_open"),
    [
        ("draft", False, True),
        ("submitted", False, False),
        ("changes_requested", False, True),
        ("published", True, False),
        ("withdrawn", False, False),
    ],
)
def test_what_a_status_allows(status: str, published: bool, is_open: bool) -> None:
    partnership = Partnership(status=status)

    assert partnership.is_published is published
    assert partnership.is_open is is_open


def test_a_published_partnership_has_an_address_of_its_own() -> None:
    assert Partnership(slug="brescia", status="published").get_absolute_url() == "/partnerships/brescia/"


@pytest.mark.parametrize(("slug", "status"), [(None, "draft"), ("brescia", "withdrawn")])
def test_any_other_is_reached_by_its_uuid(slug: str | None, status: str) -> None:
    partnership = Partnership(slug=slug, status=status)

    assert partnership.get_absolute_url() == f"/my/{partnership.uuid}/"


@pytest.mark.django_db
def test_any_number_of_drafts_has_no_slug() -> None:
    factories.partnership("One", status="draft")
    factories.partnership("Two", status="draft")

    assert Partnership.objects.filter(slug=None).count() == 2


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (Partnership(title="Brescia"), "Brescia"),
        (Partner(name="Leith Council", kind="public"), "Leith Council"),
        (Partner(kind="citizens"), "Citizens"),
        (Phase(name="Pilot"), "Pilot"),
        (Source(authors="Bovaird, T.", title="Beyond engagement", year=2007), "Bovaird, T. (2007). Beyond engagement"),
        (Source(title="Beyond engagement", year=2007), "Beyond engagement (2007)"),
        (Source(authors="Bovaird, T.", title="Beyond engagement"), "Bovaird, T.. Beyond engagement"),
        (Source(title="Beyond engagement"), "Beyond engagement"),
        (Statement(source=Source(title="Report"), kind="explicit"), "Report: Says it plainly"),
        (Assessment(method="direct", phase=Phase(name="Pilot")), "Direct: Pilot"),
        (Evidence(source=Source(title="Report"), place="p. 3"), "Report, p. 3"),
        (Evidence(source=Source(title="Report")), "Report"),
        (Facet(facet="country", value="IT"), "country: IT"),
        (CaseStudy(headline="A story"), "A story"),
        (Lesson(theme="funding"), "Funding"),
        (CaseImage(alt="A garden"), "A garden"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, models.Model) else "",
)
def test_what_a_row_is_called(row: models.Model, words: str) -> None:
    assert str(row).startswith(words)


@pytest.mark.django_db
def test_an_organisation_that_takes_part_cannot_be_deleted() -> None:
    partner = a_partner()
    partner.organisation = factories.organisation()
    partner.save()

    with pytest.raises(models.ProtectedError):
        partner.organisation.delete()


@pytest.mark.django_db
def test_a_source_that_is_used_cannot_be_deleted() -> None:
    with pytest.raises(models.ProtectedError):
        a_statement().source.delete()


@pytest.mark.django_db
def test_every_save_leaves_a_row_of_history_without_what_is_derived() -> None:
    phase = a_phase()
    phase.name = "Roll-out"
    phase.save()

    assert list(phase.history.values_list("name", flat=True)) == ["Roll-out", "Phase 2"]
    columns = {field.name for field in phase.history.model._meta.get_fields()}
    assert not columns & {"cell", "professional_cell", "current"}


@pytest.mark.django_db
def test_sets_of_cells_can_be_compared_in_the_database() -> None:
    phase = factories.partnership(possible={6, 9}).phases.get()

    assert Phase.objects.filter(possible_cells=frozenset({6, 9})).get() == phase
    assert Phase.objects.filter(possible_cells=bits_of({6, 9})).values_list("possible_cells", flat=True).get() == {6, 9}


@pytest.mark.django_db
def test_what_is_stored_as_a_moment_has_a_time_zone() -> None:
    phase = a_phase()
    phase.adopted_at = timezone.now()
    phase.save()

    phase.refresh_from_db()
    assert timezone.is_aware(phase.adopted_at)
    assert connection.vendor in {"sqlite", "postgresql"}


def test_the_sector_lens_is_the_one_without_a_prefix() -> None:
    assert (prefix_of(SECTOR), prefix_of(PROFESSIONAL)) == ("", "professional_")
