"""The codes that are stored, exactly, and how a vocabulary answers."""

import dataclasses

import pytest

from taxonomy import vocabulary
from taxonomy.vocabulary import LEVELS_OF_POWER, UNITS, VOCABULARIES, Term, Vocabulary

CODES = {
    "UNITS": "case programme component class vehicle country_pattern illustration reference",
    "COUNTED_UNITS": "case programme component",
    "ROLES": "pays owns_premises refers inspects invests gives_data",
    "VEHICLES": "social_impact_bond payment_by_results participatory_budgeting development_partnership"
    " partnership_purchasing multiple_outcomes_commissioning alliance_contracting joint_venture"
    " social_bridging_finance social_investment_partnership area_plan direct_award social_clauses"
    " public_social_partnership",
    "RISK_CARRIERS": "local_public national_public external_investor",
    "LEVELS_OF_POWER": "compliance support transformation",
    "NATURES": "individual group collective mixed",
    "NATURE_BASES": "value organiser beneficiary",
    "EFFECTS": "additive substitutive both",
    "INTERACTIONS": "relational transactional both",
    "STAGES": "commissioning design delivery assessment managing decommissioning",
    "DESIGN_APPROACHES": "refine_lead_model blank_sheet",
    "REACHED": "organisations_only users_or_communities",
    "DEFINITIONS": "delivery_apart umbrella third_and_public_bodies inherent_in_services"
    " decision_making_and_design equal_and_reciprocal agents_in_design_and_delivery",
    "CERTAINTIES": "source_stated self_reported assessed inferred",
    "CONFIDENCES": "low medium high",
    "STATEMENT_KINDS": "explicit hedged label_only ambiguous movement inherited none",
    "STATEMENT_BASES": "words cell label class",
    "PERSPECTIVES": "public_body third_sector users_or_community researcher curator",
    "METHODS": "guided direct",
    "GRADES": "A B C D",
    "SUPPORTS": "design delivery narrative",
    "SOURCE_KINDS": "report article book chapter web_page hand_out blog_post official_document dataset other",
    "LESSON_THEMES": "legislation_and_commissioning sustainability tendering mission_and_vision partnership_working"
    " training shared_working top_level_commitment funding evaluation meanings evidence_burden duplication"
    " competition_and_secrecy time proportionate_demands left_out_partners experience_of_leads roles"
    " intellectual_property",
    "STATUSES": "draft submitted changes_requested published withdrawn",
    "CHECKLISTS": "process tools features principles",
    "CHECKLIST_ITEMS": "process.understand process.timetable process.evidence process.workshops process.workstreams"
    " process.detailed_plan tools.mapping tools.survey tools.case_studies tools.report_samples tools.statistics"
    " tools.social_return tools.logic_model tools.agreement features.assets features.capabilities features.mutuality"
    " features.peer_support features.blurring features.facilitating principles.asset_holders"
    " principles.collaborative principles.outcomes principles.adds_or_replaces",
    "CHECKLIST_ANSWERS": "yes no not_known",
}


def test_every_list_has_its_codes_in_order() -> None:
    assert {name: " ".join(v.codes) for name, v in VOCABULARIES.items()} == CODES


@pytest.mark.parametrize("name", CODES)
def test_labels_are_there_and_tell_the_terms_apart(name: str) -> None:
    terms = VOCABULARIES[name].terms
    assert getattr(vocabulary, name) is VOCABULARIES[name]
    assert len({term.label for term in terms}) == len(terms)
    assert all(term.label.strip() == term.label != "" for term in terms)
    assert all(not term.help or term.help.endswith((".", "?")) for term in terms)


@pytest.mark.parametrize(
    "name", ["VEHICLES", "LEVELS_OF_POWER", "NATURE_BASES", "STAGES", "DEFINITIONS", "REACHED", "CHECKLISTS"]
)
def test_terms_of_the_literature_are_cited(name: str) -> None:
    assert all(term.citation for term in VOCABULARIES[name])


def test_an_officer_reads_what_the_units_mean() -> None:
    assert UNITS.label("case") == "One service or partnership at one place or under one agreement"
    assert UNITS.label("vehicle") == "A way of buying, funding or planning"
    assert all(term.help for term in UNITS)


def test_a_vocabulary_answers() -> None:
    assert LEVELS_OF_POWER.choices[0] == ("compliance", "Compliance")
    assert LEVELS_OF_POWER.term("support").label == LEVELS_OF_POWER.label("support") == "Support"
    assert "support" in LEVELS_OF_POWER
    assert "Support" not in LEVELS_OF_POWER
    assert None not in LEVELS_OF_POWER
    assert len(LEVELS_OF_POWER) == 3
    with pytest.raises(KeyError, match="LEVELS_OF_POWER has no code 'power'"):
        LEVELS_OF_POWER.label("power")


def test_vocabularies_are_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        UNITS.name = "x"  # type: ignore[misc]
    with pytest.raises(TypeError):
        VOCABULARIES["X"] = Vocabulary("X", (Term("a", "A"),))  # type: ignore[index]
