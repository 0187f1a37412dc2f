"""The shape of a list of codes: terms with plain labels, the vocabulary that holds them, and words of a glossary."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """A code with its label; `help` and `citation` are empty where nothing needs saying.

    Labels and helps are marked for translation where they are written; citations are not.
    """

    code: str
    label: str
    help: str = ""
    citation: str = ""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A closed, ordered list of terms, such as the units or the evidence grades."""

    name: str
    terms: tuple[Term, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes in order."""
        return tuple(term.code for term in self.terms)

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Pairs of code and (untranslated) label, as form fields take them."""
        return [(term.code, term.label) for term in self.terms]

    def term(self, code: str) -> Term:
        """Return the term with this code; KeyError names an unknown one."""
        for term in self.terms:
            if term.code == code:
                return term
        raise KeyError(f"{self.name} has no code {code!r}")

    def label(self, code: str) -> str:
        """Return the (untranslated) label of a code; KeyError names an unknown one."""
        return self.term(code).label

    def __contains__(self, code: object) -> bool:
        return code in self.codes

    def __iter__(self) -> Iterator[Term]:
        return iter(self.terms)

    def __len__(self) -> int:
        return len(self.terms)


@dataclass(frozen=True, slots=True)
class GlossaryTerm:
    """A word as it stands inside a sentence, with its meaning.

    `citation` says where the meaning comes from and is empty for the register's own words; `see_also` holds codes of
    other terms.
    """

    code: str
    name: str
    meaning: str
    citation: str = ""
    see_also: tuple[str, ...] = ()
