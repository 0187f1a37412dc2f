"""Public pages: everything here works without signing in and without JavaScript."""

from django.urls import path

from partnerships.views import cases, codebook, images, lists, matrix, pages, styleguide

urlpatterns = [
    path("", matrix.home, name="matrix"),
    path("cells/<int:number>/", matrix.cell_page, name="cell"),
    path("partnerships/", lists.partnership_list, name="partnership-list"),
    path("partnerships/<slug:slug>/", cases.case_page, name="partnership"),
    path("partnerships/<slug:slug>/pictures/<int:pk>/", images.case_image, name="case-image"),
    path("organisations/<slug:slug>/", cases.organisation_page, name="organisation"),
    path("sources/<slug:slug>/", cases.source_page, name="source"),
    path("codebook/", codebook.current, name="codebook"),
    path("codebook/<str:version>/", codebook.version, name="codebook-version"),
    path("about/", pages.about, name="about"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("privacy/", pages.privacy, name="privacy"),
    path("report/", pages.report, name="report"),
    path("healthz", pages.healthz, name="healthz"),
    path("robots.txt", pages.robots, name="robots"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
]
