"""The curators' workplace: partnerships with their parts, moderation, case studies and sources, in Django admin."""

from django.contrib import admin

from partnerships.admin.case_study import CaseStudyAdmin
from partnerships.admin.partnership import PartnershipAdmin
from partnerships.admin.site import front_page, sign_in
from partnerships.admin.source import SourceAdmin

# Set on the site before its addresses are read: people sign in at the register's own door, and the first thing that a
# curator sees is what waits.
admin.site.login = sign_in
admin.site.index = front_page(admin.site.index)

__all__ = ["CaseStudyAdmin", "PartnershipAdmin", "SourceAdmin"]
