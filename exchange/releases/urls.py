"""Addresses of releases. The files come last, since their names could be those of other pages."""

from django.urls import path

from exchange.releases import views

urlpatterns = [
    path("data/releases/", views.release_list, name="releases"),
    path("data/releases/<int:number>/", views.release_page, name="release"),
    path("data/releases/<int:number>/partnerships/", views.released_cases, name="released-cases"),
    path("data/releases/<int:number>/partnerships/<slug:slug>/", views.released_case, name="released-case"),
    path("data/releases/<int:number>/<str:name>", views.release_file, name="release-file"),
]
