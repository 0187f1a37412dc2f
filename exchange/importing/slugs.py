"""Addresses for many new partnerships at once."""

from partnerships.actions.moderation import free_slug


class Slugs:
    """Gives each title an address that neither the register nor this import has."""

    def __init__(self) -> None:
        """Nothing given yet."""
        self._given: set[str] = set()

    def free(self, title: str) -> str:
        """An address for a title."""
        slug = free_slug(title, taken=self._given)
        self._given.add(slug)
        return slug
