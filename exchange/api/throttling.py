"""How often one address may ask."""

from django.conf import settings
from rest_framework.throttling import AnonRateThrottle


class ByAddress(AnonRateThrottle):
    """So many requests for each client address, as ``API_RATE`` says; none are counted where it is empty.

    Each worker process counts by itself.
    """

    def get_rate(self) -> str | None:
        """Such as "120/minute"; read anew each time, so that tests can set it."""
        return settings.API_RATE or None
