"""The three doors to the questions, for tests that hold behind each of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from partnerships.assessors import Assessor
from partnerships.invitations import token_of
from partnerships.models import Assessment, Invitation, Phase
from tests import factories

PARTNERS = [("public", "Hill Council"), ("third_sector", "Hill Trust"), ("citizens", "")]
KINDS = ("public", "third_sector", "citizens")
DECIDING = ("outcomes", "model", "detail", "signoff", "run", "front")
DOORS = ("draft", "assess", "invitation")


@dataclass
class Way:
    """Somebody at one of the doors."""

    door: str
    client: Client
    phase: Phase
    args: tuple[Any, ...]
    user: User | None = None
    invitation: Invitation | None = None

    def url(self, page: str, *more: Any) -> str:
        """The address of a page behind this door."""
        return reverse(f"{self.door}-{page}", args=[*self.args, *more])

    def get(self, page: str, *more: Any, **query: Any) -> HttpResponse:
        """Look at a page."""
        return self.client.get(self.url(page, *more), query)

    def post(self, page: str, *more: Any, opened: str | None = None, query: str = "", **sent: Any) -> HttpResponse:
        """Send the form of a page as it stands there now, unless ``opened`` says when it was opened."""
        if opened is None:
            seen = self.client.get(self.url(page, *more)).context
            sent = {"opened": seen["opened"], "before": seen["before"], **sent}
        else:
            sent = {"opened": opened, **sent}
        return self.client.post(self.url(page, *more) + query, sent)

    def assessor(self) -> Assessor:
        """Who they are, with what stands of their answers."""
        invitation = self.invitation and Invitation.objects.with_outcome().get(pk=self.invitation.pk)
        phase = Phase.objects.select_related("partnership").get(pk=self.phase.pk)
        return Assessor(phase, user=self.user, invitation=invitation)

    def present(self) -> Assessment:
        """Their assessment as it stands in the database."""
        return self.assessor().present()


def signed_in(user: User) -> Client:
    """A browser of somebody who is signed in."""
    client = Client()
    client.force_login(user)
    return client


def come_by(door: str, *, partners: list[tuple[str, str]] | None = None, **fields: Any) -> Way:
    """A record with three kinds of partners, one of which has no name, and somebody at the door to its questions."""
    keeper = factories.organisation("Hill Council")
    record = factories.partnership(
        "Repair café", status="draft" if door == "draft" else "published", organisation=keeper,
        partners=PARTNERS if partners is None else partners, **{"phase": {"name": "Pilot"}, **fields},
    )  # fmt: skip
    phase = record.phases.get()
    if door == "invitation":
        invited = factories.invitation(phase)
        return Way(door, Client(), phase, (token_of(invited),), invitation=invited)
    user = factories.user(organisation=keeper)
    args = (record.uuid, phase.pk) if door == "draft" else (record.slug, phase.pk)
    return Way(door, signed_in(user), phase, args, user=user)


def levels(task: str, **given: str) -> dict[str, str]:
    """The fields of a question: ``levels("model", public="led")``, ``levels("model", na="on")``."""
    return {f"{task}-{kind}": level for kind, level in given.items()}


def answer_all(way: Way) -> None:
    """Answer every deciding question, one page after the other: the council designs it, the charity delivers it."""
    for task in DECIDING:
        leads, other = ("third_sector", "public") if task in ("run", "front") else ("public", "third_sector")
        given = {leads: "led", other: "asked", "citizens": "none"}
        assert way.post("question", task, **levels(task, **given)).status_code == 302
