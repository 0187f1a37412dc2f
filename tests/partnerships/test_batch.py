"""Writing many rows at once: what belongs to a row goes with it, and keys are never given twice."""

import pytest
from django.db import connection, models

from partnerships.models import Partner, Partnership, Phase
from partnerships.record.batch import BELONGINGS, MODELS, Batch
from partnerships.record.keys import Keys, reserve
from tests import factories

# What names a row that goes and is seen to elsewhere, and where.
ELSEWHERE = {
    ("Partnership", "part_of"): "an undo stops at parts that did not come with the import, and lets go of the others",
    ("Partnership", "revises"): "an undo stops at a change that was begun",
    ("Revision", "partnership"): "an undo stops at a proposed change",
    ("StagedRecord", "partnership"): "an undo empties it",
    ("StagedRecord", "same_as"): "an undo empties it",
    ("Phase", "adopted_statement"): "a phase that stays adopts no statement that goes: the plan lets go of it",
    ("Phase", "adopted_assessment"): "assessments go with their phase only",
    ("Invitation", "assessment"): "an invitation goes with its phase",
}


@pytest.mark.parametrize("model", [model for model in MODELS if model.__module__.startswith("partnerships")])
def test_all_that_names_a_row_goes_with_it_or_is_seen_to(model: type[models.Model]) -> None:
    known = {(child, column) for child, column in BELONGINGS.get(model, ())}
    if model.__name__ == "Source":
        return  # nothing deletes a source that is named
    for relation in model._meta.related_objects:
        field = relation.field
        named = (relation.related_model, field.column) in known
        assert named or (relation.related_model.__name__, field.name) in ELSEWHERE, field


@pytest.mark.django_db
def test_reserved_keys_are_given_to_nobody_else() -> None:
    mine = reserve(Partner, 5)
    other = factories.partnership("Garden").partners.create(kind="public", name="Council")
    assert len(set(mine)) == 5
    assert other.pk not in mine
    keys = Keys(3)
    assert len({keys.next(Partner) for _number in range(10)}) == 10


@pytest.mark.django_db
def test_what_is_dropped_goes_with_its_parts_and_leaves_its_history() -> None:
    record = factories.partnership("Garden")
    phase = record.phases.get()
    factories.statement(record, phase=phase, cells={5})
    key = record.pk
    with Batch(reason="Away") as batch:
        batch.drop(Partnership, [key])
        batch.write()
    assert not Partnership.objects.filter(pk=key).exists()
    assert not Phase.objects.filter(partnership=key).exists()
    lines = [model.history.filter(history_type="-").get() for model in (Partnership, Phase)]
    assert {line.history_change_reason for line in lines} == {"Away"}


@pytest.mark.django_db
def test_nothing_temporary_stays_behind() -> None:
    from partnerships.record import apply_record

    apply_record({"title": "Garden", "unit": "case", "phases": [{"name": "Run"}]}, Partnership())
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_temp_master WHERE name LIKE 'staged%'")
        else:
            cursor.execute("SELECT relname FROM pg_class WHERE relname LIKE 'staged%' AND relpersistence = 't'")
        assert not cursor.fetchall()
