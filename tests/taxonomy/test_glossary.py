"""The glossary: every word once, its references whole, its numbers those of the theory."""

import re

import pytest

from taxonomy.cells import MODELS
from taxonomy.citations import BLOG_POST, HAND_OUT_NEF, LOFFLER, LOFFLER_NORMS, SHORT_NAMES, TABLE_2, short, works
from taxonomy.glossary import GLOSSARY, glossary_term
from taxonomy.glossary_literature import LITERATURE_TERMS
from taxonomy.glossary_register import REGISTER_TERMS
from taxonomy.questions import TASKS
from tests.together import hold


def test_every_word_stands_once_and_can_be_an_anchor() -> None:
    words = (*REGISTER_TERMS, *LITERATURE_TERMS)
    assert len(GLOSSARY) == len(words) == len({word.name.casefold() for word in words})
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", word.code) for word in words)


def test_a_meaning_is_one_or_two_short_sentences() -> None:
    hold(means_it_in_one_or_two_short_sentences, GLOSSARY)


def means_it_in_one_or_two_short_sentences(code: str) -> None:
    meaning = GLOSSARY[code].meaning
    assert meaning.endswith((".", "?"))
    assert len(meaning.split()) <= 32


def test_other_words_lead_somewhere_else() -> None:
    hold(leads_somewhere_else, GLOSSARY)


def leads_somewhere_else(code: str) -> None:
    others = GLOSSARY[code].see_also
    assert code not in others
    assert set(others) <= GLOSSARY.keys()


def test_only_words_of_the_literature_are_cited() -> None:
    assert all(word.citation for word in LITERATURE_TERMS)
    assert not any(word.citation for word in REGISTER_TERMS)


def test_an_unknown_word_is_named() -> None:
    assert glossary_term("lens").name == "lens"
    with pytest.raises(KeyError, match="the glossary has no term 'lense'"):
        glossary_term("lense")


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.code)
def test_a_label_names_the_cells_that_bear_it(model) -> None:
    [word] = [word for word in GLOSSARY.values() if word.name == model.label]
    assert [int(number) for number in re.findall(r"\d", word.meaning)] == list(model.cells)


def test_the_number_of_deciding_questions_is_that_of_the_codebook() -> None:
    in_words = {2: "two", 4: "four"}
    design, delivery = (sum(t.decides and t.axis == axis for t in TASKS) for axis in ("design", "delivery"))
    assert (
        f"{in_words[design]} about design, {in_words[delivery]} about delivery" in GLOSSARY["deciding-question"].meaning
    )


# ---- Short names -------------------------------------------------------------------------------


def test_a_citation_is_shortened_to_the_name_of_its_publication_and_the_place() -> None:
    assert short(LOFFLER_NORMS) == "Löffler, p. 5"
    assert short(TABLE_2) == "Table 2"
    assert short(HAND_OUT_NEF) == "Boyle & Harris 2009, p. 11, as quoted in Hand-out, definitions"
    assert short("Nabatchi 2017") == "Nabatchi 2017"


def test_the_publications_behind_short_names_are_found_once() -> None:
    assert works([LOFFLER_NORMS, BLOG_POST, LOFFLER_NORMS]) == {"Löffler": LOFFLER, "Blog post": BLOG_POST}
    assert works([TABLE_2]) == {"Table 2": TABLE_2}
    assert works([]) == {}


def test_nothing_of_a_long_name_is_left_when_it_is_shortened() -> None:
    left = {code: [full for full in SHORT_NAMES if full in short(word.citation)] for code, word in GLOSSARY.items()}
    assert {code: full for code, full in left.items() if full} == {}
