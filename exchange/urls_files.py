"""Addresses of the files to take away."""

from django.urls import path

from exchange import views_files

urlpatterns = [
    path("data/partnerships.<str:format>", views_files.partnerships_file, name="data-partnerships"),
    path("data/template.<str:format>", views_files.template_file, name="data-template"),
    path("my/partnerships.<str:format>", views_files.own_file, name="my-partnerships-file"),
]
