"""A switch that is a link."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Toggle:
    """A switch: its text, where it leads, and whether it is on."""

    text: str
    url: str
    on: bool
