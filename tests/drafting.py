"""Drafts as officers send them through the forms, for tests of the pages around the questions."""

import re
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from partnerships.models import Assessment, Partnership
from tests import factories

NEW = "/partnerships/new/"
COMPLETE: dict[str, Any] = {
    "title": "Repair café", "unit": "case", "country": "GB", "areas": ["05"], "kinds": ["public", "citizens"],
    "planned": "actual", "version": "1",
}  # fmt: skip
# Without a button's name a form goes on to what follows.
GO_ON: dict[str, str] = {}
DRAFT = {"draft": "1"}
ALL = {"all": "1"}
# Co-Governance: cell 8.
DECIDED = {"public": "together", "citizens": "together"}
DONE = {"public": "none", "citizens": "led"}
ANSWERS = {**dict.fromkeys(("outcomes", "model", "detail", "signoff"), DECIDED), "run": DONE, "front": DONE}


def signed_in(user: User) -> Client:
    """A browser in which somebody is signed in."""
    client = Client()
    client.force_login(user)
    return client


def url(name: str, draft: Partnership | UUID, *more: object) -> str:
    """A page of a draft."""
    return reverse(name, args=[draft if isinstance(draft, UUID) else draft.uuid, *more])


def step_url(draft: Partnership | UUID, step: str) -> str:
    """The page of a step."""
    return url("draft-step", draft, step)


def new(client: Client, button: dict[str, str] = GO_ON, **changes: Any) -> HttpResponse:
    """Send the long form of a new partnership."""
    return client.post(f"{NEW}?all=1", {**COMPLETE, "key": str(uuid4()), **changes, **button})


def edit(client: Client, draft: Partnership, button: dict[str, str] = DRAFT, **changes: Any) -> HttpResponse:
    """Send the long form of a draft."""
    return client.post(url("draft-edit", draft), {**COMPLETE, "version": str(draft.version), **changes, **button})


def send(client: Client, record: Partnership, step: str, query: str = "", /, **answers: Any) -> HttpResponse:
    """Send one step of a draft as it stands."""
    record.refresh_from_db()
    return client.post(step_url(record, step) + query, {"version": str(record.version), **answers})


def answered(draft: Partnership, **fields: Any) -> Assessment:
    """The keepers' answers about the first stage, complete unless ``fields`` say otherwise."""
    given = {"method": "guided", "answers": ANSWERS, "perspective": "public_body", **fields}
    return factories.assessment(draft.phases.earliest("order"), submitted=False, **given)


def stated(draft: Partnership, design: str, delivery: str, **fields: Any) -> Assessment:
    """The two responsibilities of the first stage, stated directly."""
    given = {"method": "direct", "design": design, "delivery": delivery, "perspective": "public_body", **fields}
    return factories.assessment(draft.phases.earliest("order"), submitted=False, **given)


def main_of(response: HttpResponse) -> str:
    """The content of a page without its header and footer."""
    return re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL)[0]
