"""Saying whether two records are one partnership."""

import pytest

from accounts.models import User
from accounts.roles import Role
from partnerships import actions
from partnerships.models import DuplicateVerdict, Partnership
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> User:
    return factories.user()


@pytest.fixture
def draft(officer: User) -> Partnership:
    return factories.partnership("Garden", status="draft", organisation=officer.organisation)


def test_a_pair_has_one_word_and_the_later_one_counts(officer: User, draft: Partnership) -> None:
    older = factories.partnership("Garden")
    curator = factories.user(Role.CURATOR)

    actions.say_alike(one=older, other=draft, same=True, by=officer)
    actions.say_alike(one=draft, other=older, same=False, by=curator)

    said = DuplicateVerdict.objects.get()
    assert (said.one, said.other, said.same, said.by) == (draft, older, False, curator)
    assert said.one_id < said.other_id


def test_nothing_is_said_of_a_record_that_the_person_cannot_see(officer: User, draft: Partnership) -> None:
    hidden = factories.partnership("Garden", status="draft", organisation=factories.organisation())
    published = factories.partnership("Garden", organisation=officer.organisation)
    actions.start_revision(partnership=published, by=officer)
    workspace = Partnership.objects.get(revises=published)

    for one, other in ((draft, hidden), (hidden, draft), (draft, workspace), (draft, draft)):
        with pytest.raises(actions.NotAllowed):
            actions.say_alike(one=one, other=other, same=True, by=officer)
    assert not DuplicateVerdict.objects.exists()
    actions.say_alike(one=draft, other=hidden, same=True, by=factories.user(Role.CURATOR))


def test_pairs_are_kept_apart_whichever_way_they_are_named(officer: User, draft: Partnership) -> None:
    others = [factories.partnership(f"Garden {number}") for number in range(2)]
    actions.say_alike(one=draft, other=others[0], same=True, by=officer)

    actions.keep_apart({(draft.pk, others[0].pk), (others[1].pk, draft.pk), (draft.pk, draft.pk)}, by=officer)

    assert [(said.one, said.other, said.same) for said in DuplicateVerdict.objects.order_by("other")] == [
        (draft, others[0], False), (draft, others[1], False),
    ]  # fmt: skip
