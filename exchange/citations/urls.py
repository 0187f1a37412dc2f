"""Addresses of citations, of the feed, and of what search engines ask for."""

from django.urls import path

from exchange.citations import views
from exchange.views import feeds, sitemap

urlpatterns = [
    path("partnerships/<slug:slug>/cite.<str:format>", views.cite_case, name="cite-case"),
    path("data/cite.<str:format>", views.cite_selection, name="cite-selection"),
    path("data/releases/<int:number>/cite.<str:format>", views.cite_release, name="cite-release"),
    path("feeds/partnerships.atom", feeds.partnerships, name="feed"),
    path("sitemap.xml", sitemap.index, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemap.section, name="sitemap-section"),
]
