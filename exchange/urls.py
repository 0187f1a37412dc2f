"""Addresses of the doors for data."""

from django.urls import include, path

from exchange.views import data, files, import_acts, imports

# A visitor is sent to sign in; somebody else's import is not there.
import_patterns = [
    path("", imports.import_list, name="imports"),
    path("new/", imports.import_new, name="import-new"),
    path("<uuid:uuid>/", imports.import_page, name="import"),
    path("<uuid:uuid>/faults/", imports.import_faults, name="import-faults"),
    path("<uuid:uuid>/step/", import_acts.import_step, name="import-step"),
    path("<uuid:uuid>/records/<int:position>/", import_acts.import_verdict, name="import-verdict"),
    path("<uuid:uuid>/apply/", import_acts.import_apply, name="import-apply"),
    path("<uuid:uuid>/hand-in/", import_acts.import_hand_in, name="import-hand-in"),
    path("<uuid:uuid>/undo/", import_acts.import_undo, name="import-undo"),
    path("<uuid:uuid>/throw-away/", import_acts.import_forget, name="import-forget"),
]
urlpatterns = [
    path("", include("exchange.api.urls")),
    path("", include("exchange.citations.urls")),
    path("", include("exchange.releases.urls")),
    path("data/", data.data_page, name="data"),
    path("data/dictionary.csv", data.dictionary_file, name="data-dictionary"),
    path("data/imports/", include(import_patterns)),
    path("data/partnerships.<str:format>", files.partnerships_file, name="data-partnerships"),
    path("data/template.<str:format>", files.template_file, name="data-template"),
    path("my/partnerships.<str:format>", files.own_file, name="my-partnerships-file"),
]
