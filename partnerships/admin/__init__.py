"""The curators' workplace: partnerships with their parts, moderation, case studies and sources, in Django admin."""

from django.contrib import admin

from partnerships.admin.case_study import CaseStudyAdmin
from partnerships.admin.partnership import PartnershipAdmin
from partnerships.admin.site import change_password, front_page, sign_in, sign_out
from partnerships.admin.source import SourceAdmin

# Set on the site before its addresses are read: people come and go by the register's own door, and the first thing that
# a curator sees is what waits.
admin.site.login, admin.site.logout, admin.site.password_change = sign_in, sign_out, change_password
admin.site.index = front_page(admin.site.index)

__all__ = ["CaseStudyAdmin", "PartnershipAdmin", "SourceAdmin"]
