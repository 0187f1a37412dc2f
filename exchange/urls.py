"""Addresses of the data page and its files."""

from django.urls import path

from exchange import views

urlpatterns = [
    path("data/", views.data_page, name="data"),
    path("data/partnerships.<str:format>", views.partnerships_file, name="data-partnerships"),
]
