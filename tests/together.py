"""Many cases in one test, where a test of its own for each would cost more than what it looks at."""

from collections.abc import Callable, Iterable
from typing import TypeVar

import pytest

Case = TypeVar("Case")


def hold(check: Callable[[Case], None], cases: Iterable[Case]) -> None:
    """Check every case, and fail with the name and the fault of each that does not hold; no cases are a fault."""
    seen = 0
    faults = []
    for case in cases:
        seen += 1
        try:
            check(case)
        except AssertionError as fault:
            faults.append(f"{case}: {fault}")
    if faults or not seen:
        pytest.fail("\n\n".join(faults) or "There is nothing to check.", pytrace=False)
