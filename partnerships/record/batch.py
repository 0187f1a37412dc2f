"""Writes the rows of many records at once: staged first, then taken over in one transaction.

Rows are staged in temporary tables that have the rules of the real ones. ``write`` then moves them with a few
statements, whatever their number, and writes their history. Others wait for no more than that, and on SQLite for a
moment while some rows are staged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from types import TracebackType
from typing import Any

from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from accounts.models import Organisation, User
from partnerships.images import forget_files
from partnerships.models import (
    Assessment,
    CaseImage,
    CaseStudy,
    ChecklistItem,
    DuplicateVerdict,
    Evidence,
    Facet,
    Invitation,
    Lesson,
    Partner,
    Partnership,
    Phase,
    Source,
    Statement,
)
from partnerships.record.errors import RecordError
from partnerships.record.planning import Plan
from partnerships.record.rows import Written
from partnerships.record.tables import Stage, copy_to_history

# In an order in which each is written after what it names.
MODELS: tuple[type[models.Model], ...] = (
    Organisation, Source, Partnership, Partner, Phase, Statement, Assessment, Evidence, ChecklistItem, CaseStudy,
    Lesson,
)  # fmt: skip
# What goes along with a row, by the column that names it.
BELONGINGS: dict[type[models.Model], tuple[tuple[type[models.Model], str], ...]] = {
    Partnership: (
        (DuplicateVerdict, "one_id"), (DuplicateVerdict, "other_id"), (Facet, "partnership_id"),
        (CaseStudy, "partnership_id"), (Evidence, "partnership_id"),
        (Statement, "partnership_id"), (Partner, "partnership_id"), (Phase, "partnership_id"),
    ),
    Phase: (
        (Invitation, "phase_id"), (ChecklistItem, "phase_id"), (Evidence, "phase_id"), (Statement, "phase_id"),
        (Assessment, "phase_id"),
    ),
    CaseStudy: ((Lesson, "case_study_id"), (CaseImage, "case_study_id")),
}  # fmt: skip


class ChangedSince(Exception):
    """Somebody changed these partnerships since they were read: ``titles``."""

    def __init__(self, titles: list[str]) -> None:
        """Keep the titles for the message."""
        super().__init__(", ".join(titles))
        self.titles = titles


class Batch:
    """Rows on their way into the register, in somebody's name (None: the library's, or the shell's).

    Use it as a context: ``with Batch(by=user) as batch: batch.add(plans); batch.write()``.
    """

    def __init__(self, *, by: User | None = None, reason: str = "") -> None:
        """``reason`` stands in the history of each row."""
        self._by = by
        self._reason = reason
        self._stages: dict[type[models.Model], Stage] = {}
        self._gone: dict[type[models.Model], list[int]] = defaultdict(list)
        self._parents: list[tuple[int, str]] = []
        self._facets_gone: list[int] = []

    def __enter__(self) -> Batch:
        """Nothing to prepare: a table is staged when its first row comes."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Drop the temporary tables. After an error of the database the transaction takes them along."""
        if not connection.needs_rollback:
            self.clear()

    # ---- Staging ------------------------------------------------------------------------------------

    def add(self, plans: Iterable[Plan]) -> None:
        """Stage what the plans ask for, all or nothing. Raises ``RecordError`` naming the row that breaks a rule."""
        rows: dict[type[models.Model], list[Written]] = defaultdict(list)
        plans = [plan for plan in plans if plan.changed]
        for plan in plans:
            for written in plan.rows.written.values():
                rows[type(written.row)].append(written)
        facets = [(plan.partnership.pk, *facet, True) for plan in plans for facet in plan.facets]
        self._stage(rows, facets)
        for plan in plans:
            for row in plan.rows.gone:
                self._gone[type(row)].append(row.pk)
            self._parents += plan.rows.parents
            self._facets_gone += plan.facets_gone

    def add_rows(self, written: Sequence[Written]) -> None:
        """Stage rows of one model that belong to no partnership, such as sources."""
        self._stage({type(written[0].row): written})

    def drop(self, model: type[models.Model], keys: Iterable[int]) -> None:
        """Let rows go, with what belongs to them."""
        self._gone[model] += keys

    def clear(self) -> None:
        """Forget what was staged."""
        for stage in self._stages.values():
            stage.drop()
        self._stages.clear()
        self._gone.clear()
        self._parents.clear()
        self._facets_gone.clear()

    def _stage(
        self, rows: Mapping[type[models.Model], Sequence[Written]], facets: Sequence[tuple[Any, ...]] = ()
    ) -> None:
        # Before the transaction: the tables, which would go with one that fails, and all that takes time.
        stages = [(self._stage_of(model), written) for model, written in rows.items()]
        ready = [(stage, written, stage.prepared(written)) for stage, written in stages]
        facet_stage = self._stage_of(Facet)
        with transaction.atomic():
            for stage, written, values in ready:
                self._insert(stage, written, values)
            facet_stage.insert(facets)

    def _insert(self, stage: Stage, written: Sequence[Written], values: Sequence[Sequence[Any]]) -> None:
        try:
            with transaction.atomic():
                stage.insert(values)
        except IntegrityError:
            self._name_the_culprit(stage, written, values)

    def _stage_of(self, model: type[models.Model]) -> Stage:
        if model not in self._stages:
            self._stages[model] = Stage(model)
        return self._stages[model]

    def _name_the_culprit(self, stage: Stage, written: Sequence[Written], values: Sequence[Sequence[Any]]) -> None:
        for row, value in zip(written, values, strict=True):
            try:
                with transaction.atomic():
                    stage.insert([value])
            except IntegrityError as error:
                raise RecordError(row.where, broken_rule(type(row.row), str(error))) from error
        raise AssertionError("a row broke a rule among others and none does alone")

    # ---- Writing --------------------------------------------------------------------------------------

    def write(self) -> None:
        """Take over all that was staged, with its history, in one transaction.

        Raises ``ChangedSince`` where somebody saved a partnership since it was read, and ``IntegrityError`` where a row
        of somebody else stands in the way; then nothing was written.
        """
        with transaction.atomic():
            self._refuse_overtaken()
            self._join_parents()
            self._make_room()
            for model in reversed(MODELS):
                self._delete(model, self._gone.get(model, []))
            self._delete(Facet, self._facets_gone)
            now = timezone.now()
            for model in (*MODELS, Facet):
                if stage := self._stages.get(model):
                    stage.take_over()
                    stage.write_history(now, self._by, self._reason)

    def _refuse_overtaken(self) -> None:
        stage = self._stages.get(Partnership)
        if stage is None:
            return
        with connection.cursor() as cursor:
            lock = "FOR UPDATE OF held" if connection.features.has_select_for_update else ""
            cursor.execute(
                "SELECT held.title, held.version, staged.version FROM partnerships_partnership held "  # noqa: S608
                f"JOIN {stage.name} staged ON staged.id = held.id WHERE NOT staged.staged_new ORDER BY held.id {lock}"
            )
            held = cursor.fetchall()
            titles = [title for title, version, staged in held if version != staged - 1]
            cursor.execute(
                f"SELECT title FROM {stage.name} staged WHERE NOT staged_new AND NOT EXISTS "  # noqa: S608
                "(SELECT 1 FROM partnerships_partnership held WHERE held.id = staged.id)"
            )
            titles += [title for (title,) in cursor.fetchall()]
        if titles:
            raise ChangedSince(titles)

    def _join_parents(self) -> None:
        """Fill in the partnerships that others are part of, which had no key when those were planned."""
        stage = self._stages.get(Partnership)
        if not self._parents or stage is None:
            return
        with connection.cursor() as cursor:
            cursor.executemany(
                f"UPDATE {stage.name} SET part_of_id = (SELECT parent.id FROM {stage.name} parent "  # noqa: S608
                "WHERE parent.slug = %s) WHERE id = %s",
                [(slug, key) for key, slug in self._parents],
            )
            cursor.execute(
                f"SELECT count(*) FROM {stage.name} WHERE part_of_id IS NULL AND id IN "  # noqa: S608
                f"({', '.join(str(key) for key, _slug in self._parents)})"
            )
            if cursor.fetchone()[0]:
                raise IntegrityError("a promised parent did not come")

    def _make_room(self) -> None:
        """Take known phases out first, so that two of them may change places, or the mark, when they come back."""
        if stage := self._stages.get(Phase):
            with connection.cursor() as cursor:
                cursor.execute(
                    f"DELETE FROM partnerships_phase WHERE id IN (SELECT id FROM {stage.name} WHERE NOT staged_new)"  # noqa: S608
                )

    def _delete(self, model: type[models.Model], keys: Sequence[int]) -> None:
        """Delete rows with all that belongs to them and its history."""
        for start in range(0, len(keys), 500):
            some = keys[start : start + 500]
            for child, column in BELONGINGS.get(model, ()):
                rows = child._default_manager.filter(**{f"{column}__in": some})
                self._delete(child, list(rows.values_list("pk", flat=True)))
            self._delete_some(model, some)

    def _delete_some(self, model: type[models.Model], keys: Sequence[int]) -> None:
        rows = model._default_manager.filter(pk__in=keys)
        if model is CaseImage:
            forget_files(rows)
        marks = ", ".join(["%s"] * len(keys))
        source = f'FROM "{model._meta.db_table}" WHERE id IN ({marks}) ORDER BY id'
        copy_to_history(model, source, "'-'", keys, timezone.now(), self._by, self._reason)
        # What the rows leave behind was deleted before them; Django would read it all again.
        rows._raw_delete(rows.db)


def broken_rule(model: type[models.Model], fault: str) -> str:
    """The message of the constraint that the database complains about: PostgreSQL names it, SQLite its columns."""
    meta, fault = model._meta, fault.replace("staged_", "")
    for constraint in meta.constraints:
        names = getattr(constraint, "fields", ())
        columns = ", ".join(f"{meta.db_table}.{meta.get_field(name).column}" for name in names)
        if constraint.name in fault or (columns and fault.endswith(columns)):
            return str(constraint.violation_error_message)
    return fault
