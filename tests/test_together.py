"""Cases that are checked together: none is left out, and each that fails is named."""

import pytest

from tests.together import hold


def even(number: int) -> None:
    assert number % 2 == 0, "odd"


def test_all_hold() -> None:
    hold(even, [0, 2, 4])


def test_each_that_fails_is_named_with_its_fault() -> None:
    with pytest.raises(pytest.fail.Exception, match=r"\A1: odd\n(.*\n)*\n3: odd\n"):
        hold(even, [0, 1, 2, 3])


def test_nothing_to_check_is_a_fault() -> None:
    with pytest.raises(pytest.fail.Exception, match="nothing to check"):
        hold(even, [])


def test_other_errors_are_no_faults_of_a_case() -> None:
    with pytest.raises(TypeError):
        hold(even, ["x"])
