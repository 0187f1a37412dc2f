"""Addresses for many new partnerships at once."""

from partnerships.actions.moderation import base_slug, numbered_slug


class Slugs:
    """Gives each title an address that neither the register nor this import has."""

    def __init__(self) -> None:
        """Nothing given yet."""
        self._given: set[str] = set()
        self._last: dict[str, int] = {}

    def free(self, title: str) -> str:
        """An address for a title. What many titles come down to is counted on from the last one."""
        base = base_slug(title)
        slug, number = numbered_slug(base, self._given, self._last.get(base, 1))
        self._given.add(slug)
        self._last[base] = number
        return slug
