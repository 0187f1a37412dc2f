"""The curators' workplace: organisations and users, and the parts that every admin page of the register shares.

``base`` and ``history`` stand here, not in ``partnerships``, because imports run one way: ``partnerships`` may use
``accounts``, never the other way round.
"""

from django.contrib import admin
from django.contrib.auth import admin as auth_admin

from accounts.admin.organisations import OrganisationAdmin
from accounts.admin.users import UserAdmin

# What a role may do is decided in accounts.roles, not by ticking permissions. Importing Django's own admin of groups
# before taking it off keeps it from coming back.
admin.site.unregister(auth_admin.Group)

__all__ = ["OrganisationAdmin", "UserAdmin"]
