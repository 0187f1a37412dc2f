"""The complaint about one cell."""


class Wrong(ValueError):
    """A text that its column cannot take; the message is a plain sentence that says what to do."""
