"""Addresses of the import. A visitor is sent to sign in; somebody else's import is not there."""

from django.urls import path

from exchange import views_import, views_import_acts

urlpatterns = [
    path("", views_import.import_list, name="imports"),
    path("new/", views_import.import_new, name="import-new"),
    path("<uuid:uuid>/", views_import.import_page, name="import"),
    path("<uuid:uuid>/faults/", views_import.import_faults, name="import-faults"),
    path("<uuid:uuid>/step/", views_import_acts.import_step, name="import-step"),
    path("<uuid:uuid>/records/<int:position>/", views_import_acts.import_verdict, name="import-verdict"),
    path("<uuid:uuid>/apply/", views_import_acts.import_apply, name="import-apply"),
    path("<uuid:uuid>/undo/", views_import_acts.import_undo, name="import-undo"),
    path("<uuid:uuid>/throw-away/", views_import_acts.import_forget, name="import-forget"),
]
