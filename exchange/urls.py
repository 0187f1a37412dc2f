"""Addresses of the data page and its files."""

from django.urls import include, path

from exchange import views

urlpatterns = [
    path("", include("exchange.api.urls")),
    path("", include("exchange.citations.urls")),
    path("data/", views.data_page, name="data"),
    path("data/dictionary.csv", views.dictionary_file, name="data-dictionary"),
    path("", include("exchange.urls_files")),
    path("data/imports/", include("exchange.urls_import")),
    path("", include("exchange.releases.urls")),
]
