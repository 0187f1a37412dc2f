"""Few, as said of what shares are shares of."""

from partnerships.presenters.small_numbers import FEW, few


def test_few_are_those_of_which_one_more_moves_a_share_by_more_than_three_points() -> None:
    assert [number for number in (0, 1, FEW - 1, FEW, FEW + 1) if few(number)] == [1, FEW - 1]
    assert 100 / FEW > 3
