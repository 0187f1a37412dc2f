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
from partnerships.models import Assessment, Partnership, Source
from partnerships.models.partnership import PUBLISHED
from partnerships.overlap import overlapping
from partnerships.record import Record, RecordError
from partnerships.record.applying import organisation_values, source_values
from partnerships.record.batch import Batch, Overtaken
from partnerships.record.keys import Keys, Placeholders
from partnerships.record.planning import Plan, plan
from partnerships.record.references import References, is_uuid, parents_named
from partnerships.record.rows import Rows
from taxonomy import codebook

if TYPE_CHECKING:
    from exchange.importing.checking import Case

SELF_REPORTED = "self_reported"


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
        keys = StagedRow.objects.filter(batch=self._import, key__in=parents).values_list("key", flat=True)
        promised = frozenset(keys) if parents else frozenset()
        references = References([case.after for case in cases], promised=promised, coming=self._coming)
        if self._import.own_only and parents:
            seen = Q(status=PUBLISHED) | Q(pk__in=in_reach(self._import).values("pk"))
            references.parents = parents_named(parents, Partnership.objects.filter(seen))
        return references

    def _planned(self, case: Case, references: References) -> Plan | None:
        try:
            if case.partnership is None:
                return self._new(case, references)
            made = plan(case.after, case.partnership, references, self._keys)
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
        partnership = Partnership(
            slug=None if is_uuid(case.id) else case.id or None,
            organisation=self._import.organisation or (self._by.organisation if self._by else None),
            created_by=self._by,
        )
        if self._import.publish:
            partnership.slug = partnership.slug or self._slugs.free(str(case.after.get("title", "")))
            partnership.status, partnership.published_at = PUBLISHED, timezone.now()
        made = plan(case.after, partnership, references, self._keys)
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
        except Overtaken as error:
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
        for case in self._proposals:
            self._propose(case)
        self._note_results()
        remember_apart(now, by=self._by)
        now.state, now.applied_at = APPLIED, timezone.now()
        now.save()
        return now

    def _propose(self, case: Case) -> None:
        made = actions.propose_revision(
            partnership=case.partnership, record=case.after, by=self._by,
            note=_("From the file %(file)s") % {"file": self._import.file_name},
        )  # fmt: skip
        StagedRecord.objects.filter(batch=self._import, position=case.position).update(revision=made)

    def _note_results(self) -> None:
        """Keep which partnership each record became, and its version, for the report and for an undo."""
        with connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE exchange_stagedrecord SET partnership_id = %s, version = %s "
                "WHERE batch_id = %s AND position = %s",
                [(key, version, self._import.pk, position) for position, key, version in self._results],
            )


def _refuse_overlap(case: Case, made: Plan) -> None:
    for one, other in overlapping(made.partnership.phases.all()):
        sentence = _("The phases “%(one)s” and “%(other)s” overlap. Correct their dates first.")
        raise RecordError((case.after.get("title") or "?",), sentence % {"one": one, "other": other})
