"""The curators' workplace: organisations and users, and the parts that every admin page of the register shares.

``base`` and ``history`` stand here, not in ``partnerships``, because imports run one way: ``partnerships`` may use
``accounts``, never the other way round.
"""

from accounts.admin.organisations import OrganisationAdmin
from accounts.admin.users import UserAdmin

__all__ = ["OrganisationAdmin", "UserAdmin"]
