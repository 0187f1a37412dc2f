"""From compared records to rows in the register: the rules of publishing and keeping, and the one writing step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Organisation, User
from exchange.importing.likeness import remember_apart
from exchange.importing.reach import Refused, in_reach
from exchange.importing.slugs import Slugs
from exchange.models import Import, StagedRecord, StagedRow
from exchange.models.imports import APPLIED, CHANGED, NEW
from partnerships import actions
from partnerships.assessors import VIEW_OF_KIND
from partnerships.integrity import circles
from partnerships.models import Assessment, Partnership, Revision, Source
from partnerships.models.partnership import PUBLISHED, is_address
from partnerships.overlap import overlapping
from partnerships.record import Record, RecordError
from partnerships.record.applying import organisation_values, source_values
from partnerships.record.batch import Batch, ChangedSince
from partnerships.record.keys import Keys, Placeholders
from partnerships.record.planning import Plan, plan
from partnerships.record.references import References, parents_named
from partnerships.record.rows import Rows
from taxonomy import codebook

if TYPE_CHECKING:
    from exchange.importing.comparing import Case

SELF_REPORTED = "self_reported"
CHUNK = 200


class Writing:
    """The rows of an import on their way into the register."""

    def __init__(self, batch: Import, *, by: User | None, keys: Keys) -> None:
        """``by`` is whose name stands in the history; ``keys`` real ones, or placeholders for a trial."""
        self._import = batch
        self._by = by
        self._keys = keys
        self._rows = Batch(by=by, reason=_("Imported from %(file)s") % {"file": batch.file_name})
        self._coming: dict[tuple[type, str], Any] = {}
        self._started = False
        self._slugs = Slugs()
        self._results: list[tuple[int, int, int]] = []
        self._proposals: list[Case] = []
        self._has_parents = False

    @classmethod
    def dry(cls, batch: Import) -> Writing:
        """A trial: every rule is asked, nothing is written."""
        return cls(batch, by=None, keys=Placeholders())

    def __enter__(self) -> Writing:
        """The temporary tables come with the first rows."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Drop the temporary tables."""
        self._rows.__exit__(kind, error, at)

    # ---- Getting ready --------------------------------------------------------------------------------

    def add(self, cases: Sequence[Case], sources: Iterable[Record]) -> None:
        """Make rows of the records that are new or changed. What breaks a rule becomes a fault of its record."""
        try:
            self._bring_along(sources)
        except RecordError as error:
            for case in cases:
                case.refuse(str(error))
        cases = [case for case in cases if case.outcome in (NEW, CHANGED)]
        references = self._references(cases)
        plans = [(case, made) for case in cases if (made := self._planned(case, references))]
        try:
            self._rows.add([made for _case, made in plans])
        except RecordError:
            plans = [(case, made) for case, made in plans if self._added(case, made)]
        self._results += [(case.position, made.partnership.pk, made.partnership.version) for case, made in plans]

    def _added(self, case: Case, made: Plan) -> bool:
        try:
            self._rows.add([made])
        except RecordError as error:
            case.refuse(str(error))
            return False
        return True

    def _bring_along(self, sources: Iterable[Record]) -> None:
        """The sources and organisations that come with the file: the whole file's first, then those of each step."""
        if not self._started:
            self._bring(Source, self._import.sources, source_values)
            self._bring(Organisation, [] if self._import.own_only else self._import.organisations, organisation_values)
        self._started = True
        self._bring(Source, list(sources), source_values)

    def _bring(self, model: Any, records: Sequence[Record], values_of: Any) -> None:
        """Stage sources and organisations that come along and that the register lacks."""
        new = {record["slug"]: record for record in records if (model, record["slug"]) not in self._coming}
        there = set(model.objects.filter(slug__in=new).values_list("slug", flat=True)) if new else set()
        rows = Rows(self._keys)
        for slug in new.keys() - there:
            self._coming[model, slug] = rows.add(model, values_of(new[slug]), (slug,))
        rows.check()
        if rows.any:
            self._rows.add_rows(list(rows.written.values()))

    def _references(self, cases: Sequence[Case]) -> References:
        parents = {case.after.get("part_of") for case in cases} - {None, ""}
        self._has_parents |= bool(parents)
        keys = StagedRow.objects.filter(batch=self._import, key__in=parents).values_list("key", flat=True)
        promised = frozenset(keys) if parents else frozenset()
        references = References([case.after for case in cases], promised=promised, coming=self._coming)
        if self._import.own_only and parents:
            seen = Q(status=PUBLISHED) | Q(pk__in=in_reach(self._import).values("pk"))
            references.parents = parents_named(parents, Partnership.objects.filter(seen))
        # One that was said to be the same as one of the register comes under that one's name.
        said = StagedRecord.objects.filter(batch=self._import, key__in=promised, same_as__isnull=False)
        references.parents |= (
            {staged.key: staged.same_as for staged in said.select_related("same_as")} if promised else {}
        )
        return references

    def _planned(self, case: Case, references: References) -> Plan | None:
        try:
            if case.partnership is None:
                return self._new(case, references)
            made = plan(case.after, case.partnership, references, self._keys, by=self._by)
            _refuse_overlap(case, made)
        except RecordError as error:
            case.refuse(str(error))
            return None
        if self._import.own_only and case.partnership.is_published:
            # Its keepers propose, a curator decides.
            self._proposals.append(case)
            return None
        return made

    def _new(self, case: Case, references: References) -> Plan:
        if case.id and not is_address(case.id):
            raise RecordError((case.id,), _("An id has small letters, digits and hyphens only, and is no page’s own."))
        partnership = Partnership(
            slug=case.id or None,
            organisation=self._import.organisation or (self._by.organisation if self._by else None),
            created_by=self._by,
        )
        if self._import.publish:
            partnership.slug = partnership.slug or self._slugs.free(str(case.after.get("title", "")))
            partnership.status, partnership.published_at = PUBLISHED, timezone.now()
        made = plan(case.after, partnership, references, self._keys, by=self._by)
        _refuse_overlap(case, made)
        if self._import.publish and not partnership.phases.all():
            raise RecordError(("phase",), _("A published partnership has at least one phase. Add one."))
        if not self._import.publish:
            self._open_assessments(made)
        return made

    def _open_assessments(self, made: Plan) -> None:
        """What a draft's file states is its keepers' answer: they hand it in without answering once more."""
        kept_by = made.partnership.organisation
        for phase in made.partnership.phases.all():
            if phase.certainty == SELF_REPORTED and (phase.design or phase.delivery):
                values = {
                    "phase_id": phase.pk, "assessor_id": self._by.pk if self._by else None, "by_keepers": True,
                    "method": "direct", "design": phase.design, "delivery": phase.delivery,
                    "reason": phase.rationale, "codebook": codebook.CURRENT.version,
                    "perspective": VIEW_OF_KIND.get(kept_by.kind, "") if kept_by else "",
                }  # fmt: skip
                made.rows.add(Assessment, values, (phase.name,))

    # ---- Writing --------------------------------------------------------------------------------------

    def finish(self, state: str) -> Import:
        """Write everything in one transaction, if the import is still in this state. Raises ``Refused``."""
        try:
            with transaction.atomic():
                return self._finish(state)
        except actions.NotAllowed as error:
            raise Refused(error.messages) from error
        except ChangedSince as error:
            raise Refused(
                _("Somebody changed these records meanwhile: %(titles)s. Nothing was taken over.")
                % {"titles": ", ".join(error.titles[:20])}
            ) from error
        except IntegrityError as error:
            raise Refused(
                _("The register changed while this was being taken over, so nothing was. Check the file again.")
            ) from error

    def _finish(self, state: str) -> Import:
        now = Import.objects.select_for_update().get(pk=self._import.pk)
        if now.state != state:
            raise Refused(_("This import is not waiting to be taken over."))
        self._rows.write()
        if self._has_parents and (circle := next(circles(), None)):
            raise Refused(_("These would be parts of each other: %(names)s.") % {"names": circle.where})
        self._propose()
        self._note_results()
        remember_apart(now, by=self._by)
        now.state, now.applied_at = APPLIED, timezone.now()
        now.save()
        return now

    def _propose(self) -> None:
        """Hand in what is proposed: what goes on from a change that waits by itself, all the others at once."""
        note = _("From the file %(file)s") % {"file": self._import.file_name}
        new = [case for case in self._proposals if case.proposed is None]
        _refuse_changed(new)
        made = [
            actions.proposal(
                partnership=case.partnership, record=case.after, base=case.before, by=self._by, note=note
            )
            for case in new
        ]  # fmt: skip
        Revision.objects.bulk_create(made, batch_size=CHUNK)
        done = list(zip(new, made, strict=True))
        for case in self._proposals:
            if case.proposed is not None:
                again = actions.propose_again(
                    revision=case.proposed, version=case.proposed.version, record=case.after, by=self._by, note=note
                )
                done.append((case, again))
        update_staged(self._import, "revision_id", [(case.position, one.pk, one.version) for case, one in done])

    def _note_results(self) -> None:
        """Keep which partnership each record became, and its version, for the report and for an undo."""
        update_staged(self._import, "partnership_id", self._results)


def _refuse_changed(cases: Sequence[Case]) -> None:
    """Hold the public records of proposals, and raise ``ChangedSince`` where one is no longer what was compared."""
    keys = {case.partnership.pk: case for case in cases}
    held = Partnership.objects.select_for_update().filter(pk__in=keys, status=PUBLISHED).order_by("pk")
    versions = dict(held.values_list("pk", "version"))
    titles = [case.partnership.title for key, case in keys.items() if versions.get(key) != case.version]
    if titles:
        raise ChangedSince(titles)


def update_staged(batch: Import, column: str, rows: Sequence[tuple[int, int, int]]) -> None:
    """Write a key into a column of staged records, and a version, for many positions in few statements."""
    for start in range(0, len(rows), CHUNK):
        some = rows[start : start + CHUNK]
        values = ", ".join(["(%s, %s, %s)"] * len(some))
        with connection.cursor() as cursor:
            cursor.execute(
                # VALUES names its columns alike on both databases.
                f"UPDATE exchange_stagedrecord SET {column} = told.column2, version = told.column3 "  # noqa: S608
                f"FROM (VALUES {values}) AS told WHERE batch_id = %s AND position = told.column1",
                [*(value for row in some for value in row), batch.pk],
            )


def _refuse_overlap(case: Case, made: Plan) -> None:
    for one, other in overlapping(made.partnership.phases.all()):
        sentence = _("The phases “%(one)s” and “%(other)s” overlap. Correct their dates first.")
        raise RecordError((case.after.get("title") or "?",), sentence % {"one": one, "other": other})
