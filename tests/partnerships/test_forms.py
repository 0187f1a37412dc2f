"""What the officer's form reads: values of the record, or a message beside the question. Nothing raises."""

from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from accounts.roles import Role
from partnerships.forms.draft import PartnershipForm, gaps_of
from partnerships.forms.fields import NamedPartner
from partnerships.forms.phase import PhaseForm
from partnerships.forms.steps import EVERYTHING, STEPS, Step
from partnerships.forms.values import arguments, phase_fields, starting_values, values_of
from partnerships.models import Partnership
from partnerships.models.phase import UNNAMED
from tests import factories

pytestmark = pytest.mark.django_db

COMPLETE: dict[str, Any] = {
    "title": "Repair café",
    "unit": "case",
    "country": "GB",
    "areas": ["05", "10"],
    "kinds": ["public", "citizens"],
    "names_public": "* Lakeside Council\nHill Council",
    "planned": "actual",
}
REQUIRED = {"title", "unit", "country", "areas", "kinds"}


class Somebody:
    """A user as far as the form looks at one."""

    def __init__(self, *roles: str) -> None:
        self.roles = frozenset(roles)
        self.is_curator = Role.CURATOR in roles


OFFICER = Somebody(Role.OFFICER)


def form(user: Any = OFFICER, values: Any = None, **changes: Any) -> PartnershipForm:
    options = {name: changes.pop(name) for name in ("lenient", "other_phases") if name in changes}
    return PartnershipForm({**COMPLETE, **changes}, values=values or {}, user=user, **options)


def given_by(**changes: Any) -> dict[str, Any]:
    read = form(**changes)
    assert read.is_valid(), read.errors
    return arguments(read, {})


def error(name: str, **changes: Any) -> str:
    read = form(**changes)
    assert set(read.errors) == {name}, read.errors
    return " ".join(read.errors[name])


# ---- What is read -----------------------------------------------------------------------------------


def test_the_short_form_gives_a_whole_record() -> None:
    record = given_by()
    assert record["fields"] == {
        "title": "Repair café", "unit": "case", "nation": "", "place": "", "summary": "", "vehicle": "", "risk": "",
        "aliases": [], "tags": [], "countries": ["GB"], "service_areas": ["05", "10"],
    }  # fmt: skip
    assert record["partners"] == [
        {"kind": "public", "name": "Lakeside Council", "lead": True},
        {"kind": "public", "name": "Hill Council", "lead": False},
        {"kind": "citizens", "name": "", "lead": False},
    ]
    assert record["phase"] == {
        "name": UNNAMED, "planned": False, "starts": None, "starts_precision": "",
        "ends": None, "ends_precision": "",
    }  # fmt: skip
    assert record.keys() == {"fields", "partners", "phase"}


def test_a_group_brings_its_division_along_and_answers_the_question() -> None:
    assert given_by(areas=[], groups_07=["07.4", "07.2"])["fields"]["service_areas"] == ["07", "07.2", "07.4"]


def test_other_countries_are_found_by_name_and_code_whatever_the_capitals() -> None:
    typed = "italy\nuk\nFRA\nCôte d'Ivoire\nDe"
    assert given_by(other_countries=typed)["fields"]["countries"] == ["GB", "IT", "FR", "CI", "DE"]


def test_dates_keep_their_precision() -> None:
    phase = given_by(starts="2012", ends="2013-04", phase="Pilot", planned="planned")["phase"]
    assert (str(phase["starts"]), phase["starts_precision"]) == ("2012-01-01", "year")
    assert (str(phase["ends"]), phase["ends_precision"]) == ("2013-04-30", "month")
    assert (phase["name"], phase["planned"]) == ("Pilot", True)


def test_lines_are_trimmed_and_each_kept_once() -> None:
    assert given_by(tags=" repair \r\n\r\nrepair\nreuse")["fields"]["tags"] == ["repair", "reuse"]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("A\n* A", [NamedPartner("A", True)]),
        ("*A", [NamedPartner("A", True)]),
        ("*", [NamedPartner("", True)]),
        ("", []),
    ],
)
def test_a_star_marks_who_leads(typed: str, read: list[NamedPartner]) -> None:
    bound = form(names_public=typed)
    assert bound.is_valid()
    assert bound.cleaned_data["names_public"] == read


def test_who_leads_is_a_question_of_its_own() -> None:
    rows = given_by(names_public="Lakeside Council\nHill Council", leads="hill council")["partners"]
    assert [(row["name"], row["lead"]) for row in rows] == [
        ("Lakeside Council", False), ("Hill Council", True), ("", False),
    ]  # fmt: skip


def test_who_leads_is_among_the_names() -> None:
    message = "Who leads: “Dale” is not among the names under Who takes part. Add it there too."
    assert error("leads", leads="Lakeside Council\nDale") == message
    # Where the names cannot be read, one message is enough.
    assert error("names_public", names_public="x" * 300, leads="Dale")


def test_a_draft_that_asks_who_leads_in_vain_keeps_who_led() -> None:
    read = form(lenient=True, names_public="Lakeside Council", leads="Dale")
    assert read.can_be_kept
    rows = arguments(read, {"kinds": ["public"], "names_public": "Lakeside Council", "leads": "Lakeside Council"})
    assert rows["partners"][0] == {"kind": "public", "name": "Lakeside Council", "lead": True}


def test_nobody_has_to_know_a_notation() -> None:
    unbound = PartnershipForm(values={}, user=OFFICER)
    assert "*" not in " ".join(str(field.help_text) for field in unbound.fields.values())


# ---- What is refused ---------------------------------------------------------------------------------


def test_everything_required_has_its_own_message() -> None:
    read = PartnershipForm({}, values={}, user=OFFICER)
    assert set(read.errors) == REQUIRED
    assert len({str(messages) for messages in read.errors.values()}) == len(REQUIRED)


def test_no_message_blames_or_speaks_of_fields() -> None:
    messages = str(PartnershipForm({}, values={}, user=OFFICER).errors) + str(form(unit="x", country="x").errors)
    for word in ("invalid", "please", "Please", "this field", "This field"):
        assert word not in messages.replace("is-invalid", "")


@pytest.mark.parametrize("name", ["unit", "country", "vehicle", "risk", "planned"])
def test_a_forged_code_is_an_error(name: str) -> None:
    assert error(name, **{name: "forged"}) == "Choose from the list."


@pytest.mark.parametrize("name", ["areas", "kinds", "groups_07"])
def test_a_forged_code_among_boxes_is_an_error(name: str) -> None:
    assert error(name, **{name: ["public", "07", "10.9"]}) == "Choose from the list."


@pytest.mark.parametrize(
    ("name", "most"),
    [("title", 200), ("nation", 100), ("place", 150), ("summary", 1500), ("phase", 120)],
)
def test_a_long_text_is_an_error_that_says_how_long(name: str, most: int) -> None:
    assert error(name, **{name: "x" * 10_000}) == f"Keep this to {most} characters or fewer. It has 10000."
    assert form(**{name: "x" * most}).is_valid()


@pytest.mark.parametrize("name", ["aliases", "tags", "names_public", "other_countries"])
def test_long_and_many_lines_are_errors(name: str) -> None:
    assert error(name, **{name: "x" * 301}).startswith("Keep each line to ")
    assert error(name, **{name: "\n".join(f"x{n}" for n in range(61))}) == "Keep this to 60 lines or fewer."


@pytest.mark.parametrize(
    "name",
    ["title", "nation", "summary", "phase", "starts", "aliases", "names_public", "other_countries", "unit", "areas"],
)
def test_attack_53_nul_is_an_error(name: str) -> None:
    read = form(**{name: ["\x00"] if name == "areas" else "a\x00b"})
    assert name in read.errors


def test_an_unknown_country_is_named() -> None:
    assert error("other_countries", other_countries="Italy\nMordor") == "There is no country “Mordor” in our list."


@pytest.mark.parametrize(
    ("typed", "day", "precision"),
    [
        ("30/4/2012", "2012-04-30", "day"),
        ("01.06.2019", "2019-06-01", "day"),
        ("4/2012", "2012-04-01", "month"),
        ("June 2019", "2019-06-01", "month"),
        ("  1  JUNE 2019 ", "2019-06-01", "day"),
        ("1st June, 2019", "2019-06-01", "day"),
        ("Sept. 2019", "2019-09-01", "month"),
        ("2012-4-3", "2012-04-03", "day"),
    ],
)
def test_dates_are_read_as_officers_write_them(typed: str, day: str, precision: str) -> None:
    phase = given_by(starts=typed)["phase"]
    assert (str(phase["starts"]), phase["starts_precision"]) == (day, precision)


def test_months_are_read_in_the_language_of_the_page_too() -> None:
    with override("de"):
        assert str(given_by(starts="Mai 2019")["phase"]["starts"]) == "2019-05-01"
        assert str(given_by(starts="May 2019")["phase"]["starts"]) == "2019-05-01"


def test_a_message_on_a_date_says_which_of_the_two() -> None:
    assert error("starts", starts="soon") == "Begins: write the date as 2012, June 2012 or 30/4/2012."
    assert error("ends", ends="30/2/2012") == "Ends: “30/2/2012” is not a date in the calendar."


@pytest.mark.parametrize(
    "typed",
    ["soon", "2012-13", "13/2012", "Juno 2012", "x 1 June 2012", "²/2012", "2012-02-30", "12", "0000", "2012/04"],
)
def test_a_date_that_is_none_is_an_error(typed: str) -> None:
    assert "2012" in error("starts", starts=typed) or error("starts", starts=typed)


def test_a_stage_cannot_end_before_it_begins() -> None:
    assert error("ends", starts="2014", ends="2013") == "It cannot end before it begins."


def test_a_name_beside_a_box_that_is_not_ticked_is_asked_about() -> None:
    assert error("names_private", names_private="A Firm") == "Tick “Private firm” above, or take these names out."


def test_another_phase_keeps_its_name() -> None:
    assert (
        error("phase", phase="Year 2", other_phases=("Year 2",)) == "Another stage of this partnership has this name."
    )
    assert error("phase", phase="", other_phases=(UNNAMED,))


# ---- What is offered to whom ---------------------------------------------------------------------------


def codes(user: Any, name: str, values: Any = None) -> list[str]:
    return [code for code, _label in PartnershipForm(values=values or {}, user=user).fields[name].choices]


def test_officers_log_what_the_matrix_counts_and_scholars_anything() -> None:
    counted = ["case", "programme", "component"]
    assert codes(OFFICER, "unit") == counted
    assert codes(OFFICER, "unit", {"unit": "vehicle"}) == [*counted, "vehicle"]
    assert len(codes(Somebody(Role.RESEARCHER), "unit")) == len(codes(Somebody(Role.CURATOR), "unit")) == 8


def test_a_new_form_begins_with_what_is_likely() -> None:
    user = factories.user(organisation=factories.organisation(country="IT"))
    assert starting_values(user) == {"unit": "case", "country": "IT", "planned": "actual"}
    assert starting_values(factories.user(Role.RESEARCHER))["country"] == ""


# ---- Drafts ---------------------------------------------------------------------------------------------


def test_a_draft_asks_for_its_title_only() -> None:
    read = PartnershipForm({"title": "A", "unit": "case"}, values={}, user=OFFICER, lenient=True)
    assert read.is_valid()
    assert read.can_be_kept
    assert arguments(read, {})["phase"]["name"] == UNNAMED
    # Rendered again, the questions are as required as before.
    assert all(read.fields[name].required for name in REQUIRED)


def test_once_what_can_be_kept_is_kept_a_draft_may_be_asked_for_the_rest() -> None:
    read = PartnershipForm({"title": "A", "unit": "case", "starts": "soon"}, values={}, user=OFFICER, lenient=True)
    assert set(read.errors) == {"starts"}
    read.insist()
    assert set(read.errors) == REQUIRED - {"title", "unit"} | {"starts"}
    grouped = PartnershipForm({**COMPLETE, "areas": [], "groups_07": ["07.2"]}, values={}, user=OFFICER, lenient=True)
    grouped.insist()
    assert not grouped.errors


@pytest.mark.parametrize("changes", [{"title": " "}, {"title": "x" * 201}, {"unit": ""}])
def test_without_a_title_there_is_no_draft(changes: dict[str, str]) -> None:
    assert not form(lenient=True, **changes).can_be_kept


def test_what_cannot_be_read_stays_as_it_was() -> None:
    present = {
        **COMPLETE, "names_private": "* A Firm", "kinds": ["private"],
    }  # fmt: skip
    read = form(
        lenient=True, values=present, country="XX", groups_07=["x"], starts="x", ends="2012",
        summary="x" * 3000, names_private="A\x00", names_public="", place="Hill",
    )  # fmt: skip
    assert read.can_be_kept
    record = arguments(read, present)
    assert not {"countries", "service_areas", "summary"} & record["fields"].keys()
    assert record["fields"]["place"] == "Hill"
    assert not {"starts", "ends"} & record["phase"].keys()
    assert {"kind": "private", "name": "A Firm", "lead": True} in record["partners"]
    assert {"kind": "public", "name": "", "lead": False} in record["partners"]


def test_a_draft_shows_what_was_saved_of_it() -> None:
    draft = Partnership.objects.create(
        title="A", unit="case", countries=["GB", "IT"], service_areas=["07.2", "10"], tags=["x", "y"], aliases=["B"]
    )
    draft.partners.create(kind="public", name="Council", lead=True, roles=["pays"], hybrid=True, note="A company.")
    draft.partners.create(kind="citizens")
    factories.add_phase(draft, name="Pilot", starts="2012-01-01", starts_precision="year")
    council, citizens = (str(pk) for pk in draft.partners.order_by("pk").values_list("pk", flat=True))
    values = values_of(draft)
    assert {name: value for name, value in values.items() if value} == {
        "title": "A", "unit": "case", "country": "GB", "countries": ["GB", "IT"], "other_countries": "Italy",
        "areas": ["07", "10"], "groups_07": ["07.2"], "tags": "x\ny", "aliases": "B", "kinds": ["public", "citizens"],
        "names_public": "Council", "leads": "Council", "phase": "Pilot", "starts": "2012", "planned": "actual",
        "parties": [[council, "public", "Council"], [citizens, "citizens", ""]],
        f"roles_{council}": ["pays"], f"hybrid_{council}": True, f"note_{council}": "A company.",
    }  # fmt: skip


def test_a_draft_without_a_stage_says_so_by_silence() -> None:
    draft = factories.partnership(status="draft")
    assert values_of(draft)["phase"] == "Phase 1"
    draft.phases.all().delete()
    assert "phase" not in values_of(draft)


# ---- One step of it --------------------------------------------------------------------------------------


def step(code: str, typed: dict[str, Any], present: dict[str, Any] | None = None) -> dict[str, Any]:
    read = PartnershipForm(typed, values=present or {}, user=OFFICER, only=STEPS[code], lenient=True)
    assert not read.errors
    return arguments(read, present or {})


PRESENT: dict[str, Any] = {
    "phase": "", "countries": ["GB", "IT"], "kinds": ["public", "citizens"], "names_public": "Hill Council",
    "leads": "Hill Council", "parties": [["1", "public", "Hill Council"], ["2", "citizens", ""]],
    "roles_1": ["pays"], "hybrid_1": True, "note_1": "A company.", "roles_2": [], "hybrid_2": False, "note_2": "",
}  # fmt: skip
AS_PRESENT = [
    {"kind": "public", "name": "Hill Council", "lead": True},
    {"kind": "citizens", "name": "", "lead": False},
]


@pytest.mark.parametrize("code", ["about", "areas", "more"])
def test_a_step_that_asks_nothing_of_partners_leaves_them(code: str) -> None:
    record = step(code, {"title": "A", "unit": "case", "country": "FR"}, PRESENT)
    assert record["partners"] == AS_PRESENT
    assert record["phase"] == {}


def test_the_country_and_the_others_are_one_list_that_two_steps_ask_for() -> None:
    assert step("about", {"title": "A", "unit": "case", "country": "FR"}, PRESENT)["fields"]["countries"] == [
        "FR", "IT",
    ]  # fmt: skip
    assert step("more", {"other_countries": "Norway"}, PRESENT)["fields"]["countries"] == ["GB", "NO"]
    assert "countries" not in step("areas", {"areas": ["07"]}, PRESENT)["fields"]


def test_roles_are_put_to_their_partner_and_to_nobody_else() -> None:
    typed = {"roles_1": ["inspects"], "note_1": "", "roles_2": ["refers"], "hybrid_2": "on", "note_2": " By post. "}
    council, citizens = step("roles", typed, PRESENT)["partners"]
    assert council == {**AS_PRESENT[0], "roles": ["inspects"], "hybrid": False, "note": ""}
    assert citizens == {**AS_PRESENT[1], "roles": ["refers"], "hybrid": True, "note": "By post."}


def test_a_partner_that_gets_a_better_name_keeps_what_it_does_besides() -> None:
    typed = {"kinds": ["public", "citizens"], "names_public": "The City of Hill", "names_citizens": ""}
    council, citizens = step("who", typed, PRESENT)["partners"]
    assert council == {
        "kind": "public", "name": "The City of Hill", "lead": False, "roles": ["pays"], "hybrid": True,
        "note": "A company.",
    }  # fmt: skip
    assert citizens == AS_PRESENT[1]


# ---- What is missing ---------------------------------------------------------------------------------------


def test_gaps_are_what_a_strict_reading_finds_missing() -> None:
    assert gaps_of(COMPLETE, OFFICER) == {}
    assert list(gaps_of({**COMPLETE, "country": "", "kinds": [], "names_public": ""}, OFFICER)) == ["country", "kinds"]


def test_gaps_and_errors_stand_in_the_order_of_the_page() -> None:
    read = form(country="", areas=[], names_private="A Firm", starts="x", groups_07=["x"], tags="x" * 301)
    order = ["country", "areas", "names_private", "starts", "groups_07", "tags"]
    assert [name for name in read.fields if name in read.errors] == order
    assert list(gaps_of({**COMPLETE, "areas": [], "country": ""}, OFFICER)) == ["country", "areas"]


def test_values_survive_a_round_trip_in_another_language() -> None:
    with override("de"):
        assert given_by(other_countries="Italien")["fields"]["countries"] == ["GB", "IT"]


TYPED = st.one_of(st.text(max_size=40), st.lists(st.text(max_size=5), max_size=3))


FIELDS = [*PartnershipForm(values=PRESENT, user=OFFICER).fields, "roles_1", "hybrid_1", "note_2"]


@given(
    st.dictionaries(st.sampled_from(FIELDS), TYPED), st.booleans(), st.sampled_from([EVERYTHING, *STEPS.values()]),
    st.sampled_from([{}, PRESENT]),
)  # fmt: skip
def test_nothing_that_is_typed_raises(typed: dict[str, Any], lenient: bool, only: Step, present: Any) -> None:
    typed = {"title": "A", "unit": "case", **typed}
    read = PartnershipForm(typed, values=present, user=OFFICER, lenient=lenient, only=only)
    if read.can_be_kept:
        arguments(read, present)
        read.insist()
        assert read.typed.keys() >= read.fields.keys()


# ---- The form of a stage -------------------------------------------------------------------------------------


def stage(others: tuple[str, ...] = (), *, is_new: bool = False, before: str = "", **typed: Any) -> PhaseForm:
    return PhaseForm(typed, values={}, others=others, is_new=is_new, before=before)


def test_a_stage_needs_nothing_but_a_name_where_there_are_others() -> None:
    assert stage().is_valid()
    assert stage(("Pilot",)).is_valid()
    assert stage(("Pilot",), is_new=True).errors["phase"] == [
        "Say what this stage is called, to tell it from the others."
    ]
    assert stage((UNNAMED,)).errors["phase"] == ["Another stage of this partnership has this name."]
    assert stage(("Pilot",), phase="Pilot").errors["phase"] == ["Another stage of this partnership has this name."]


def test_a_stage_is_read_into_the_shape_of_the_record() -> None:
    read = stage(phase="Pilot", starts="June 2012", ends="2013", planned="planned")
    assert read.is_valid()
    fields = phase_fields(read.cleaned_data)
    assert (fields["name"], fields["planned"], str(fields["starts"]), str(fields["ends"])) == (
        "Pilot", True, "2012-06-01", "2013-12-31",
    )  # fmt: skip
    assert (fields["starts_precision"], fields["ends_precision"]) == ("month", "year")


@pytest.mark.parametrize(
    ("field", "typed"),
    [("ends", {"starts": "2013", "ends": "2012"}), ("starts", {"starts": "soon"}), ("planned", {"planned": "x"})],
)
def test_what_a_stage_cannot_be_is_a_message_beside_it(field: str, typed: dict[str, str]) -> None:
    assert set(stage(**typed).errors) == {field}


def test_only_a_stage_after_another_may_start_from_its_answers() -> None:
    assert "like" not in stage().fields
    assert "“Pilot”" in stage(before="Pilot").fields["like"].label
    assert "like" not in stage(before="Pilot").typed
