"""Chance that is the same every time: all that varies between synthetic records is drawn here."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import accumulate
from random import Random
from typing import TypeVar
from uuid import UUID

T = TypeVar("T")


@cache
def _zipf(number: int) -> list[float]:
    """Cumulative weights 1, 1/2, 1/3 …: the second of a list is drawn half as often as the first."""
    return list(accumulate(1 / rank for rank in range(1, number + 1)))


class Chance:
    """Draws for one record, decided by its name alone, whatever else is made and in whichever process.

    With ``sure`` everything that is sometimes there is there: such a record has all that a record can have.
    """

    def __init__(self, *name: object, sure: bool = False) -> None:
        """``name`` is the seed of the register and what the draws are for."""
        # Random takes a text as it is; the hash of a tuple would differ between processes.
        self._random = Random(" ".join(map(str, name)))  # noqa: S311  nobody guards anything with it
        self.sure = sure

    def sometimes(self, share: float) -> bool:
        """Whether something is there, in this share of the draws."""
        return self._random.random() < share or self.sure

    def maybe(self, share: float, values: Iterable[str]) -> str:
        """One of the codes in this share of the draws, and else ""; earlier ones more often."""
        value = self.skewed(tuple(values))
        return value if self.sometimes(share) else ""

    def one_of(self, values: Sequence[T]) -> T:
        """Any of the values, each as often."""
        return values[self._random.randrange(len(values))]

    def skewed(self, values: Sequence[T]) -> T:
        """One of the values; the first most often, the second half as often, the third a third as often, and so on."""
        return self._random.choices(values, cum_weights=_zipf(len(values)))[0]

    def leaning(self, values: Sequence[T]) -> T:
        """One of the values, earlier ones somewhat more often: a tenth of a long list gets about a fifth."""
        return values[int(len(values) * self._random.random() ** 1.5)]

    def weighted(self, weights: Mapping[T, float]) -> T:
        """One of the keys, each as often as its weight says."""
        return self._random.choices(list(weights), list(weights.values()))[0]

    def several(self, values: Iterable[T], most: int) -> list[T]:
        """One or more different values, at most ``most``, in the order of the list."""
        values = tuple(values)
        number = min(len(values), 1 + int(most * self._random.random() ** 2))
        return [values[place] for place in sorted(self._random.sample(range(len(values)), number))]

    def number(self, least: int, most: int) -> int:
        """A whole number, both ends included."""
        return self._random.randint(least, most)

    def share(self) -> float:
        """A number from 0 up to 1."""
        return self._random.random()

    def uuid(self) -> UUID:
        """A random-looking UUID that is the same every time."""
        return UUID(int=self._random.getrandbits(128), version=4)
