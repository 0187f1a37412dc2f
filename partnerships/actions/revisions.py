"""Changes of a published record that its keepers propose: begun, handed in, taken back, and what a curator decides.

Nothing public changes before ``accept_revision``. Every act holds the public record first, then the proposal, so that
two people cannot pass each other.
"""

from collections.abc import Collection, Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from partnerships.actions.base import NotAllowed, StaleVersion, locked, save, touch
from partnerships.actions.drafts import seen_of, sign_for_keepers
from partnerships.actions.moderation import adopt
from partnerships.actions.workspaces import carry_over, make_workspace, throw_away
from partnerships.assessors import Assessor, fingerprint
from partnerships.completeness import phases_missing
from partnerships.models import Assessment, Partnership, Phase, Revision
from partnerships.models.partnership import CHANGES_REQUESTED as SENT_BACK_DRAFT
from partnerships.models.partnership import DRAFT as OPEN_DRAFT
from partnerships.models.partnership import SUBMITTED as CLOSED_DRAFT
from partnerships.models.revision import ACCEPTED, CHANGES_REQUESTED, DECLINED, OPEN, PENDING, SUBMITTED, WITHDRAWN
from partnerships.overlap import overlapping
from partnerships.proposals import new_assessments, pending_of, record_of, three_way, workspace_of
from partnerships.record import Record, RecordError, apply_record
from partnerships.three_way import ThreeWay, Version


@transaction.atomic
def start_revision(*, partnership: Partnership, by: User) -> Revision:
    """Begin to change a published record, or go on with the change that is pending, whoever began it.

    One that waits for a curator leaves the queue until it is handed in again. Raises ``NotAllowed`` for what is not
    public.
    """
    record = locked(partnership)
    if not record.is_published:
        raise NotAllowed(_("Only what is published is changed this way."))
    revision = pending_of(record)
    if revision is None:
        base = record_of(record)
        make_workspace(record, base, by)
        return Revision.objects.create(
            partnership=record, record=base, base=base, base_version=record.version, made_by=by
        )
    if workspace_of(revision) is None:
        _open_workspace(revision, record, by)
    if revision.status == SUBMITTED:
        _move(revision, OPEN, OPEN_DRAFT, by, _("Opened again"))
    return revision


@transaction.atomic
def hand_in_revision(*, revision: Revision, by: User, note: str = "", confirmed: bool = False, seen: str) -> Revision:
    """Give a change to the curators. ``confirmed``: everything else about the record is still right today.

    ``seen`` is the fingerprint of what was checked (``seen_of_revision``). Raises ``StaleVersion`` where somebody
    saved since, and ``NotAllowed`` where an answer is missing, nothing differs, or the record is public no longer.
    """
    record, revision = _held(revision, OPEN, CHANGES_REQUESTED)
    if workspace_of(revision) is None:
        raise NotAllowed(_("Nobody has edited it since it was sent back."))
    workspace = locked(workspace_of(revision))
    if not record.is_published:
        raise NotAllowed(_("The partnership has been withdrawn, so changes of it cannot be handed in."))
    if seen != seen_of_revision(revision):
        raise StaleVersion(_("Somebody else saved these changes while you were checking them."))
    if any(phases_missing(workspace).values()):
        raise NotAllowed(_("Answer what is still missing first. “Don’t know” is an answer too."))
    _sign(workspace, revision, by)
    if not three_way(revision).changes:
        raise NotAllowed(_("Nothing differs from the public record, so there is nothing to hand in."))
    workspace.last_confirmed = timezone.localdate() if confirmed else record.last_confirmed
    workspace.save(update_fields=["last_confirmed"])
    revision.note, revision.made_by, revision.submitted_at = note.strip(), by, timezone.now()
    return _move(revision, SUBMITTED, CLOSED_DRAFT, by, _("Handed in"))


@transaction.atomic
def open_revision(*, revision: Revision, by: User) -> Partnership:
    """The draft of a pending change, for a curator who wants to correct it in the form; made where there is none."""
    record, revision = _held(revision, *PENDING)
    if workspace_of(revision) is None:
        _open_workspace(revision, record, by)
    return workspace_of(revision)


def proposal(*, partnership: Partnership, record: Record, base: Record, by: User, note: str = "") -> Revision:
    """A change that comes as a complete record, from a file, handed in and not saved yet.

    ``base`` is the public record, of the version that ``partnership`` has. Nobody has opened it in the forms, so it has
    no draft; ``start_revision`` makes one.
    """
    return Revision(
        partnership=partnership, record=record, base=base, base_version=partnership.version, made_by=by, note=note,
        status=SUBMITTED, submitted_at=timezone.now(),
    )  # fmt: skip


@transaction.atomic
def propose_again(*, revision: Revision, version: int, record: Record, by: User, note: str = "") -> Revision:
    """Let a change that waits for a curator say what this record says instead.

    ``version``: that of the change when the record was made. Raises ``StaleVersion`` where it is another one by now,
    and ``NotAllowed`` for what breaks a rule of the register.
    """
    _record, revision = _held(revision, SUBMITTED)
    if revision.version != version:
        raise StaleVersion(_("Somebody changed the proposed change of “%(title)s” meanwhile.") % {
            "title": revision.partnership.title
        })  # fmt: skip
    if workspace := workspace_of(revision):
        try:
            apply_record({**record, "partnership_id": ""}, locked(workspace), by=by)
        except RecordError as error:
            raise NotAllowed(_("It cannot be taken over like this: %(fault)s") % {"fault": error}) from error
        _keep(revision)
    else:
        revision.record = record
    revision.note = "\n".join(filter(None, (revision.note, note)))
    revision.made_by, revision.submitted_at, revision.version = by, timezone.now(), revision.version + 1
    revision.save()
    return revision


@transaction.atomic
def take_back_revision(*, revision: Revision, by: User) -> Revision:
    """Give a change up; its draft goes. The public record stays as it is."""
    _record, revision = _held(revision, *PENDING)
    return _close(revision, WITHDRAWN, by)


@transaction.atomic
def send_revision_back(*, revision: Revision, by: User, note: str, seen: str | None = None) -> Revision:
    """Return a change to its keepers with a reason that they see."""
    _record, revision = _held(revision, SUBMITTED, seen=seen)
    revision.curator_note = _reason(note, _("Say what should be changed."))
    return _move(revision, CHANGES_REQUESTED, SENT_BACK_DRAFT, by, _("Sent back"))


@transaction.atomic
def decline_revision(*, revision: Revision, by: User, note: str, seen: str | None = None) -> Revision:
    """Refuse a change with a reason that its keepers see; the public record stays as it is."""
    _record, revision = _held(revision, SUBMITTED, seen=seen)
    revision.curator_note = _reason(note, _("Say why it is declined."))
    return _close(revision, DECLINED, by)


@transaction.atomic
def accept_revision(
    *, revision: Revision, by: User, take: Collection[str] | None = None, adopt_as: Mapping[int, str] | None = None,
    seen: str | None = None,
) -> Revision:  # fmt: skip
    """Publish a change, or what a curator takes of it, on top of what the public record has become meanwhile.

    ``take``: the changes to take over, by ``Change.code``; None takes all that nobody else made otherwise since.
    ``adopt_as``: assessments signed in the draft that become the position of their phase, by key, with the rationale.
    ``seen``: what the page showed. Raises ``StaleVersion`` where that has changed, and ``NotAllowed`` where nothing is
    taken, the record is public no longer, or what would come out breaks a rule of the register.
    """
    record, revision = _held(revision, SUBMITTED, seen=seen)
    if not record.is_published:
        raise NotAllowed(_("The partnership has been withdrawn. Publish it again first, or decline the change."))
    ways = three_way(revision)
    known = {one.code for one in ways.changes}
    if not known & (known if take is None else set(take)):
        raise NotAllowed(_("Nothing of it is taken over. Tick at least one change, or decline it."))
    merged = ways.merged(take)
    record = _published(record, ways, merged, by)
    draft = workspace_of(revision)
    phases = _public_phases(record, merged, draft, ways.mine)
    _adopt_new(carry_over(new_assessments(draft, revision), phases), adopt_as or {}, by)
    for one, other in overlapping(record.phases.all()):
        raise NotAllowed(_("The phases “%(one)s” and “%(other)s” would overlap.") % {"one": one, "other": other})
    touch(record)
    revision.accepted = record_of(record)
    return _close(revision, ACCEPTED, by)


def seen_of_revision(revision: Revision) -> str:
    """A fingerprint of a pending change and the public record as they stand, for whoever is about to act on them."""
    workspace = workspace_of(revision)
    public = Partnership.objects.values_list("version", flat=True).get(pk=revision.partnership_id)
    return fingerprint([revision.status, revision.version, public, seen_of(workspace) if workspace else ""])


# ---- Steps of these acts -----------------------------------------------------------------------------


def _held(revision: Revision, *statuses: str, seen: str | None = None) -> tuple[Partnership, Revision]:
    """Hold the public record and the change. Raises ``NotAllowed`` unless it is in one of these states."""
    record = locked(revision.partnership)
    revision = Revision.objects.select_for_update().select_related("partnership").get(pk=revision.pk)
    if revision.status not in statuses:
        raise NotAllowed(_("This has changed meanwhile: the proposed change is %(status)s now.") % {
            "status": revision.get_status_display()
        })  # fmt: skip
    if seen not in (None, seen_of_revision(revision)):
        raise StaleVersion(
            _("The record or the proposed change has changed since you opened the page. Look at it again.")
        )
    return record, revision


def _reason(note: str, missing: str) -> str:
    if not note.strip():
        raise NotAllowed(missing)
    return note.strip()


def _move(revision: Revision, status: str, draft: str, by: User, reason: str) -> Revision:
    """Put the change and its draft into a state; what the draft says is kept with the change."""
    if workspace := workspace_of(revision):
        workspace.status, workspace.version = draft, workspace.version + 1
        workspace.curator_note = revision.curator_note if status == CHANGES_REQUESTED else ""
        workspace.submitted_at = revision.submitted_at
        save(workspace, by, reason)
        _keep(revision)
    revision.status, revision.version = status, revision.version + 1
    revision.save()
    return revision


def _open_workspace(revision: Revision, record: Partnership, by: User) -> None:
    """Make the draft of a change that came from a file: the public record of today with the change on top of it."""
    ways = three_way(revision)
    merged = ways.merged({one.code for one in ways.changes})
    renamed = _names_today(ways, merged)
    base = record_of(record)
    workspace = make_workspace(record, base, by)
    # From now on it starts from today's record: what the draft's stages were called is read from this moment on.
    revision.base, revision.base_version, revision.created_at = base, record.version, timezone.now()
    apply_record({**merged.record, "partnership_id": ""}, workspace, by=by, renamed=renamed)
    status = {SUBMITTED: CLOSED_DRAFT, CHANGES_REQUESTED: SENT_BACK_DRAFT}.get(revision.status, OPEN_DRAFT)
    Partnership.objects.filter(pk=workspace.pk).update(status=status, curator_note=revision.curator_note)
    revision.save()


def _names_today(ways: ThreeWay, merged: Version) -> dict[str, str]:
    """What the phases of the outcome are called in the public record as it is now."""
    today = ways.theirs.names
    # A new phase goes by its identity, which is no name: another one may have given up the name that it takes.
    return {name: today.get(identity, identity) for identity, name in merged.names.items()}


def _keep(revision: Revision) -> None:
    mine = three_way(revision).mine
    revision.record = mine.record
    revision.renamed = {name: was for name, was in mine.was.items() if name != was}


def _close(revision: Revision, status: str, by: User) -> Revision:
    """End the change; its draft goes, and what it said stays with the change."""
    if status == WITHDRAWN:
        _keep(revision)
    throw_away(workspace_of(revision), by)
    revision.status, revision.version = status, revision.version + 1
    revision.decided_at, revision.decided_by = timezone.now(), by
    revision.save()
    return revision


def _sign(workspace: Partnership, revision: Revision, by: User) -> None:
    """Sign what the keepers have answered anew. Of several answers that no curator accepted, the last one counts."""
    for phase in workspace.phases.order_by("order"):
        assessor = Assessor(phase, user=by)
        sign_for_keepers(assessor)
        new = [row for row in new_assessments(workspace, revision) if row.phase_id == phase.pk]
        before = phase.assessments.submitted().filter(by_keepers=True).exclude(pk__in=[row.pk for row in new]).last()
        same = bool(new and before and assessor.says_the_same(new[-1], before))
        for row in new if same else new[:-1]:
            row.delete()


def _published(record: Partnership, ways: ThreeWay, merged: Version, by: User) -> Partnership:
    """Make the public record equal to the outcome. Raises ``NotAllowed`` with what stands in the way."""
    renamed = _names_today(ways, merged)
    try:
        return apply_record(merged.record, record, by=by, reason=_("Change accepted"), renamed=renamed)
    except RecordError as error:
        raise NotAllowed(_("It cannot be taken over like this: %(fault)s") % {"fault": error}) from error


def _public_phases(record: Partnership, merged: Version, draft: Partnership | None, mine: Version) -> dict[int, Phase]:
    """The phases of the public record by the keys of those in the draft, whatever they are called."""
    if draft is None:
        return {}
    public = {phase.name: phase for phase in record.phases.all()}
    names = {phase.pk: merged.names.get(mine.identity(phase.name)) for phase in draft.phases.all()}
    return {key: public[name] for key, name in names.items() if name is not None}


def _adopt_new(new: Mapping[int, Assessment], adopt_as: Mapping[int, str], by: User) -> None:
    for key, rationale in adopt_as.items():
        if key not in new:
            raise NotAllowed(_("Take the new answers over as well if they are to become the position."))
        adopt(phase=new[key].phase, claim=new[key], by=by, rationale=rationale)
