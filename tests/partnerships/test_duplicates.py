"""Likely duplicates: what is taken for the same, what is not, and who is told of what."""

from collections.abc import Iterator

import pytest
from django.db.models import QuerySet
from pytest_django import DjangoAssertNumQueries, DjangoDbBlocker

from accounts.roles import Role
from partnerships import actions
from partnerships.duplicates import Alike, Sought, alike, alike_many, known_to, undecided
from partnerships.likeness import Described, likeness
from partnerships.models import Partnership
from tests import factories
from tests.library import load as load_the_library

pytestmark = pytest.mark.django_db


# ---- Two records -------------------------------------------------------------------------------------------


def said_of(one: Described, other: Described) -> str:
    """Why somebody would be asked about two records, in both directions; "" where nobody is."""
    there, back = likeness(one, other), likeness(other, one)
    assert (there and there.score) == (back and back.score)
    return there.why if there and there.score else ""


LEEDS = {"place": "Leeds", "countries": ("GB",)}
ASKED = {
    "the same title": (Described("Repair café"), Described("REPAIR CAFE")),
    "the same title, the same place": (Described("Repair Café Leeds"), Described("The repair café", **LEEDS)),
    "nearly the same title, the same place": (
        Described("Neighbourhod networks", **LEEDS), Described("Neighbourhood network", **LEEDS),
    ),
    "nearly the same title": (Described("Connected Care"), Described("Connected Care programme")),
    "the same title, the same partner, Hill Trust": (
        Described("Night shelter of Umea", partners=("Hill Trust",)),
        Described("Night shelter of Umeå (synthetic 1-4)", partners=("Hill Trust",)),
    ),
    "also called “Warm rooms (2019) [draft]”": (
        Described("Warm rooms"), Described("Winter welcome", aliases=("Warm rooms (2019) [draft]",)),
    ),
    "also called “POPP”": (
        Described("POPP"), Described("Partnerships for Older People Projects", aliases=("POPP",)),
    ),
    "one title is part of the other, the same place": (
        Described("Food pantry", **LEEDS), Described("Mobile food pantry", place="City of Leeds"),
    ),
    "one title is part of the other, the same partner, LEEDS CITY COUNCIL": (
        Described("Food pantry", **LEEDS, partners=("Leeds City Council",)),
        Described("Mobile food pantry", partners=("LEEDS CITY COUNCIL",)),
    ),
    "much the same words in the title, the same place, the same partner, Hill Trust": (
        Described("Open food pantry", **LEEDS, partners=("Hill Trust",)),
        Described("Mobile food pantry", **LEEDS, partners=("Hill Trust",)),
    ),
}  # fmt: skip
NOT_ASKED = {
    "two towns": (Described("Repair café", **LEEDS), Described("Repair café", place="Bath", countries=("GB",))),
    "two towns of one council": (
        Described("Repair café", **LEEDS, partners=("Hill Trust",)),
        Described("Repair café", place="Bath", partners=("Hill Trust",)),
    ),
    "two countries": (Described("Time bank", countries=("GB",)), Described("Time bank", countries=("IT",))),
    "two numbers": (Described("Community garden 1", **LEEDS), Described("Community garden 2", **LEEDS)),
    "two numbers in brackets": (Described("Community garden (1)", **LEEDS), Described("Community garden (2)", **LEEDS)),
    "two towns in brackets": (Described("Community garden (Leeds)"), Described("Community garden (Bath)")),
    "brackets and nothing else": (Described("(1)"), Described("(2)")),
    "opposite words": (Described("North Leeds food pantry"), Described("South Leeds food pantry")),
    "one common word": (Described("Food pantry", **LEEDS), Described("Food co-operative", **LEEDS)),
    "one of two patterns": (Described("Italy: country pattern"), Described("Netherlands: country pattern")),
    "a slip too many": (Described("Patients’ council", **LEEDS), Described("Parents’ council", **LEEDS)),
    "a sort of partner": (
        Described("Open food pantry", **LEEDS, partners=("Local councils",)),
        Described("Mobile food pantry", **LEEDS, partners=("Local councils",)),
    ),
    "a title without words": (Described("…"), Described("!")),
}  # fmt: skip


@pytest.mark.parametrize("why", ASKED)
def test_what_may_be_the_same_is_asked_about_with_its_reasons(why: str) -> None:
    assert said_of(*ASKED[why]) == why


@pytest.mark.parametrize("case", NOT_ASKED)
def test_what_a_person_would_not_take_for_the_same_is_not(case: str) -> None:
    assert not said_of(*NOT_ASKED[case])


@pytest.mark.parametrize("place", ["", "Leeds", "Project"])
@pytest.mark.parametrize("title", ["Leeds", "The project", "Community garden (1)", "Repair café Leeds", "Project 2"])
def test_of_an_identical_title_it_is_said_that_it_is_the_same(title: str, place: str) -> None:
    why = said_of(Described(title, aliases=("Leeds",)), Described(title.upper(), place, aliases=("Leeds", title)))
    assert why.startswith("the same title")


def test_the_more_is_in_common_the_likelier() -> None:
    def score(one: Described, other: Described) -> int:
        found = likeness(one, other)
        return found.score if found else 0

    full = Described("Repair café", **LEEDS, partners=("Hill Trust",))
    scores = [
        score(full, full),
        score(full, Described("Repair café", **LEEDS)),
        score(full, Described("Mobile repair café", **LEEDS)),
        score(full, Described("Repair café")),
    ]
    assert scores[0] == 100
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 4


# ---- The library -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def library(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with factories.standing(django_db_blocker, load_the_library):
        yield


def sought(record: Partnership, title: str = "") -> Sought:
    described = Described(
        title or record.title, record.place, tuple(partner.name for partner in record.partners.all()),
        tuple(record.countries), tuple(record.aliases),
    )  # fmt: skip
    return Sought(described, record.part_of.slug if record.part_of else "", record.pk)


def everything() -> QuerySet[Partnership]:
    return Partnership.objects.select_related("part_of").prefetch_related("partners").order_by("pk")


def test_of_the_library_only_one_pair_is_asked_about(library: None) -> None:
    """Two of its sources speak of participatory budgeting in the United Kingdom: a person would ask, too."""
    records = list(everything())
    found = alike_many([sought(record) for record in records], visible=Partnership.objects.all())
    pairs = {
        frozenset((record.slug, other.partnership.slug))
        for record, several in zip(records, found, strict=True)
        for other in several
    }
    assert pairs == {frozenset(("participatory-budgeting-uk", "uk-participatory-budgeting-events"))}


def slipped(title: str) -> str:
    """The title with a letter left out of its longest word."""
    longest = max(title.split(), key=len)
    return title.replace(longest, longest[:3] + longest[4:])


@pytest.mark.parametrize(
    "change",
    [str.upper, slipped, lambda title: f"The {title} project", lambda title: " ".join(reversed(title.split()))],
    ids=["capitals", "a slip", "small words", "another order"],
)
def test_an_entry_of_the_library_is_known_again(library: None, change: object) -> None:
    records = [record for record in everything() if len(record.title) > 9]
    again = [Sought(Described(change(record.title), record.place)) for record in records]
    found = alike_many(again, visible=Partnership.objects.all())
    missed = [
        record.title for record, several in zip(records, found, strict=True)
        if record not in [other.partnership for other in several]
    ]  # fmt: skip
    assert missed == []


# ---- Looking in the register ------------------------------------------------------------------------------------


def titles(found: list[Alike]) -> list[str]:
    return [one.partnership.title for one in found]


def test_the_likeliest_come_first_with_who_leads() -> None:
    factories.partnership("Mobile repair café", place="Leeds")
    best = factories.partnership("Repair café", place="Leeds", partners=[("public", "Leeds City Council")])
    best.partners.update(lead=True)

    found = alike("Repair cafe", "Leeds", ["Leeds City Council"], visible=Partnership.objects.all())

    assert titles(found) == ["Repair café", "Mobile repair café"]
    assert found[0].leads == ("Leeds City Council",)
    assert found[0].why == "the same title, the same place, the same partner, Leeds City Council"
    assert found[0].score > found[1].score


def test_at_most_three_are_named_and_those_of_the_place_come_before_all_others() -> None:
    with factories.indexed_at_the_end():
        for number in range(50):
            factories.partnership("Sewing circle", place=f"Town{chr(97 + number // 25)}{chr(97 + number % 25)}")
        factories.partnership("Sewing circle", place="Leeds")

    assert len(alike("Sewing circle", "", [], visible=Partnership.objects.all())) == 3
    found = alike("Sewing circle", "Leeds", [], visible=Partnership.objects.all())
    assert [one.partnership.place for one in found] == ["Leeds"]


@pytest.mark.parametrize(
    "typed", ["Night shelter of Umea", "night shelter of Umeå", "Night shelter of Umeå (Hill) [north]"]
)
def test_brackets_at_the_end_of_a_title_hide_nothing(typed: str) -> None:
    known = factories.partnership("Night shelter of Umeå (synthetic 1-4)", place="Umeå")
    factories.partnership("Night shelter of Oslo (synthetic 1-5)", place="Oslo")

    found = alike(typed, "", [], visible=Partnership.objects.all())

    if "[" in typed:
        assert found == []
    else:
        assert [one.partnership for one in found] == [known]
        assert found[0].why == "the same title, the same place"


def test_a_programme_and_its_sites_are_no_duplicates() -> None:
    programme = factories.partnership("Healthy streets", unit="programme")
    factories.partnership("Healthy streets", part_of=programme)
    new = Described("Healthy streets")

    assert len(alike_many([Sought(new)], visible=Partnership.objects.all())[0]) == 2
    assert alike_many([Sought(new, part_of=programme.slug)], visible=Partnership.objects.all()) == [[]]
    assert alike_many([Sought(new, pk=programme.pk)], visible=Partnership.objects.all()) == [[]]


def test_what_was_told_apart_is_not_asked_about_again() -> None:
    curator = factories.user(Role.CURATOR)
    one, other = factories.partnership("Repair café"), factories.partnership("Repair café")
    found = alike("Repair café", "", [], visible=undecided(known_to(curator), one))
    assert [row.partnership for row in found] == [other]
    assert found[0].partnership.said_same is False

    actions.say_alike(one=other, other=one, same=True, by=curator)
    [again] = alike("Repair café", "", [], visible=undecided(known_to(curator), one))
    assert again.partnership.said_same is True

    actions.say_alike(one=other, other=one, same=False, by=curator)
    assert alike("Repair café", "", [], visible=undecided(known_to(curator), one)) == []


def test_one_and_many_find_the_same() -> None:
    factories.a_register(60)
    records = [Sought(Described(record.title.split()[0])) for record in Partnership.objects.all()[:9]]
    records.append(Sought(Described("Repair café")))
    factories.partnership("The repair café")
    visible = Partnership.objects.all()

    many = [[one.partnership.pk for one in several] for several in alike_many(records, visible=visible)]

    assert many == [
        [row.partnership.pk for row in alike(one.described.title, "", [], visible=visible)] for one in records
    ]
    assert many[-1]


def test_a_look_costs_two_queries_however_much_is_alike(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(4):
        factories.partnership("Repair café", aliases=[f"Café {number}"], partners=[("public", "Hill Trust")])
    with django_assert_num_queries(2):
        assert len(alike("Repair café", "", ["Hill Trust"], visible=Partnership.objects.all())) == 3
    with django_assert_num_queries(2):
        alike_many([Sought(Described("Repair café"))] * 20, visible=Partnership.objects.all())
    with django_assert_num_queries(1):
        assert alike("Otter watch", "", [], visible=Partnership.objects.all()) == []
    with django_assert_num_queries(0):
        assert alike(" – ", "", [], visible=Partnership.objects.all()) == []


# ---- Who is told of what ------------------------------------------------------------------------------------


def test_nobody_is_told_of_what_is_not_theirs_to_see() -> None:
    officer = factories.user()
    public = factories.partnership("Canary", organisation=factories.organisation())
    own = factories.partnership("Canary", status="draft", organisation=officer.organisation)
    theirs = factories.partnership("Canary", status="draft", organisation=factories.organisation())
    waiting = factories.partnership("Canary", status="submitted", organisation=factories.organisation())
    withdrawn = factories.partnership("Canary", status="withdrawn", organisation=factories.organisation())
    mine = factories.partnership("Canary", organisation=officer.organisation)
    workspace = actions.start_revision(partnership=mine, by=officer)
    loner = factories.user(organisation=None)
    of_loner = factories.partnership("Canary", status="draft", created_by=loner)

    def told(user: object) -> set[Partnership]:
        return {one.partnership for one in alike("Canary", "", [], visible=known_to(user), limit=99)}

    assert told(officer) == {public, own, mine}
    assert told(loner) == {public, mine, of_loner}
    assert told(factories.user(Role.CURATOR)) == {public, own, theirs, waiting, withdrawn, mine, of_loner}
    assert Partnership.objects.filter(revises=workspace.partnership).exists()
