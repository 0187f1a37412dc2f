"""What is wrong with a record."""


class RecordError(ValueError):
    """A record that cannot be applied: ``where`` names the part, ``fault`` says what is wrong."""

    def __init__(self, where: str, fault: str) -> None:
        """``where`` is a path such as ``brescia / phase / Pilot``."""
        super().__init__(f"{where}: {fault}")
        self.where = where
        self.fault = fault
