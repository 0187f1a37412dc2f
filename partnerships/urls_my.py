"""Addresses of the officers' journey: logging a partnership, and the drafts under "My partnerships"."""

from django.urls import path

from partnerships.views import log, my

urlpatterns = [
    path("partnerships/new/", log.partnership_new, name="partnership-new"),
    path("partnerships/new/position/", log.position_preview, name="position-preview"),
    path("my/", my.my, name="my"),
    path("my/<uuid:uuid>/", my.draft, name="draft"),
    path("my/<uuid:uuid>/edit/", log.draft_edit, name="draft-edit"),
    path("my/<uuid:uuid>/check/", log.draft_check, name="draft-check"),
    path("my/<uuid:uuid>/submit/", log.draft_submit, name="draft-submit"),
    path("my/<uuid:uuid>/delete/", my.draft_delete, name="draft-delete"),
]
