"""Two axes with stable codes."""

from taxonomy.axes import Axis


def test_the_codes_are_those_that_are_stored() -> None:
    assert [axis.value for axis in Axis] == ["design", "delivery"]
    assert Axis("design") is Axis.DESIGN


def test_each_axis_says_what_it_asks_and_what_counts() -> None:
    assert [axis.label for axis in Axis] == ["Design", "Delivery"]
    for axis in Axis:
        assert axis.question.endswith("?")
        assert " not " in axis.help
