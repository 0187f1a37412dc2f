"""Sentences of synthetic records, from the lists in ``words``."""

from dataclasses import dataclass

from exchange.synthetic import words
from exchange.synthetic.chance import Chance

HEADINGS = ("## How it began\n\n", "## What is done\n\n", "")


@dataclass
class Prose:
    """What is told about one partnership: ``area`` decides what it does and for whom."""

    chance: Chance
    area: str
    place: str

    def __post_init__(self) -> None:
        """Draw what all the sentences share."""
        subjects, self.people = words.SUBJECTS[self.area]
        self.what = self.chance.one_of(subjects)
        self.who = f"the council of {self.place}"
        self.helpers = self.chance.one_of(words.HELPERS)

    @property
    def title(self) -> str:
        """Such as "Open village library, Brescia"."""
        adjective = self.chance.one_of(words.ADJECTIVES)
        name = f"{adjective} {_lower(self.what)}" if adjective else self.what
        return self.chance.one_of((f"{name} of {self.place}", f"{name} in {self.place}", f"{name}, {self.place}"))

    def summary(self, *, rare: bool) -> str:
        """One to three sentences, and one more with the rare word."""
        sentences = [self.chance.one_of(words.SUMMARIES)]
        sentences += self.chance.several(words.AIMS, 2) if self.chance.share() < 0.8 else []
        sentences += [f"There is a hall for {words.RARE_WORD} too."] if rare else []
        return " ".join(self._filled(sentence) for sentence in sentences)

    def narrative(self) -> str:
        """Some paragraphs in Markdown."""
        paragraphs = self.chance.several(words.PARAGRAPHS, 6)
        return "\n\n".join(self.chance.one_of(HEADINGS) + self._filled(text) for text in paragraphs)

    def headline(self) -> str:
        """What stands over a case study."""
        return self._filled(self.chance.one_of(words.HEADLINES))

    def _filled(self, text: str) -> str:
        chance = self.chance
        return _sentence(
            text.format(
                what=self.what, what_lower=_lower(self.what), people=self.people, place=self.place, who=self.who,
                helpers=self.helpers, helpers_upper=_sentence(self.helpers), residents=words.COMMON_WORD,
                number=chance.number(4, 60), time=chance.one_of(words.TIMES), near=chance.one_of(words.NEAR),
            )
        )  # fmt: skip


def _lower(text: str) -> str:
    return text[0].lower() + text[1:]


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:]
