"""Where numbers are too small for shares: one rule for the matrix, the charts and comparisons."""

# Below this one partnership more or less moves a share by more than three points: 100 / 30 = 3.3.
FEW = 30


def few(number: int) -> bool:
    """Whether shares of so many say little; not of none, where there are no shares."""
    return 0 < number < FEW
