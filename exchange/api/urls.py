"""Addresses of the API."""

from django.urls import path

from exchange.api import views, views_about, views_counts

urlpatterns = [
    path("api/v1/", views_about.RootView.as_view(), name="api-root"),
    path("api/v1/schema/", views_about.SchemaView.as_view(), name="api-schema"),
    path("api/v1/docs/", views_about.docs, name="api-docs"),
    path("api/v1/partnerships/", views.PartnershipsView.as_view(), name="api-partnerships"),
    path("api/v1/partnerships/<slug:slug>/", views.PartnershipView.as_view(), name="api-partnership"),
    path("api/v1/phases/", views.PhasesView.as_view(), name="api-phases"),
    path("api/v1/assessments/", views.AssessmentsView.as_view(), name="api-assessments"),
    path("api/v1/organisations/", views.OrganisationsView.as_view(), name="api-organisations"),
    path("api/v1/organisations/<slug:slug>/", views.OrganisationView.as_view(), name="api-organisation"),
    path("api/v1/sources/", views.SourcesView.as_view(), name="api-sources"),
    path("api/v1/sources/<slug:slug>/", views.SourceView.as_view(), name="api-source"),
    path("api/v1/matrix/", views_counts.MatrixView.as_view(), name="api-matrix"),
    path("api/v1/transitions/", views_counts.TransitionsView.as_view(), name="api-transitions"),
    path("api/v1/taxonomy/", views_counts.TaxonomyView.as_view(), name="api-taxonomy"),
]
