"""The glossary for readers."""

from partnerships.presenters.glossary import letters
from taxonomy.glossary import GLOSSARY


def test_every_word_stands_under_its_letter_in_alphabetical_order() -> None:
    found = letters()
    names = [entry.name for letter in found for entry in letter.entries]

    assert [letter.letter for letter in found] == sorted(letter.letter for letter in found)
    assert all(entry.name[0].upper() == letter.letter for letter in found for entry in letter.entries)
    assert len(names) == len(GLOSSARY)
    assert names == sorted(names, key=lambda name: name.casefold().replace("-", " "))


def test_a_word_bears_its_source_and_the_words_beside_it() -> None:
    [hinge] = [entry for letter in letters() for entry in letter.entries if entry.code == "hinge"]
    [additive] = [entry for letter in letters() for entry in letter.entries if entry.code == "additive"]

    assert (hinge.citation, hinge.see_also) == ("", (("deciding-question", "deciding question"),))
    assert additive.citation == "Löffler, p. 6, table 1"
