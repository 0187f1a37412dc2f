"""Synthetic registers: made-up partnerships for trying things out and for measuring.

``manage.py generate_partnerships`` fills a register with them. Nothing in them is true: every record bears the tag
"synthetic", its title says so, and no real organisation, person or publication is named. The places are real, so that
filters, accents and search meet what they would meet.
"""

from exchange.synthetic.filling import Refused, generate
from exchange.synthetic.words import COMMON_WORD, RARE_WORD, TAG

__all__ = ["COMMON_WORD", "RARE_WORD", "TAG", "Refused", "generate"]
