"""Addresses of the officers' journey: logging a partnership, and the drafts under "My partnerships"."""

from django.urls import path

from partnerships.views import alike, check, log, my, phases, revisions

urlpatterns = [
    path("partnerships/new/", log.partnership_new, name="partnership-new"),
    path("partnerships/<slug:slug>/edit/", revisions.revision_edit, name="revision-edit"),
    path("my/", my.my, name="my"),
    path("my/changes/<uuid:uuid>/", revisions.revision, name="revision"),
    path("my/changes/<uuid:uuid>/check/", revisions.revision_check, name="revision-check"),
    path("my/changes/<uuid:uuid>/take-back/", revisions.revision_take_back, name="revision-take-back"),
    path("my/alike/", alike.alike_part, name="alike"),
    path("my/<uuid:uuid>/", my.draft, name="draft"),
    path("my/<uuid:uuid>/alike/", alike.draft_alike, name="draft-alike"),
    path("my/<uuid:uuid>/edit/", log.draft_edit, name="draft-edit"),
    path("my/<uuid:uuid>/next/<str:step>/", log.draft_next, name="draft-next"),
    path("my/<uuid:uuid>/phases/new/", phases.phase_new, name="phase-new"),
    path("my/<uuid:uuid>/phases/<int:pk>/", phases.phase_edit, name="phase-edit"),
    path("my/<uuid:uuid>/phases/<int:pk>/move/", phases.phase_move, name="phase-move"),
    path("my/<uuid:uuid>/phases/<int:pk>/delete/", phases.phase_delete, name="phase-delete"),
    path("my/<uuid:uuid>/check/", check.draft_check, name="draft-check"),
    path("my/<uuid:uuid>/submit/", check.draft_submit, name="draft-submit"),
    path("my/<uuid:uuid>/delete/", my.draft_delete, name="draft-delete"),
    # Last: whatever is none of the above.
    path("my/<uuid:uuid>/<str:step>/", log.draft_step, name="draft-step"),
]
