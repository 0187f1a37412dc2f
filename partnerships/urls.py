"""Public pages: everything here works without signing in and without JavaScript."""

from django.urls import path

from partnerships.views import (
    cases,
    charts,
    codebook,
    compare,
    guide,
    images,
    lessons,
    lists,
    matrix,
    pages,
    pictures,
    styleguide,
    trajectories,
)

urlpatterns = [
    path("", matrix.home, name="matrix"),
    path("cells/<int:number>/", matrix.cell_page, name="cell"),
    path("partnerships/", lists.partnership_list, name="partnership-list"),
    path("partnerships/<slug:slug>/", cases.case_page, name="partnership"),
    path("partnerships/<slug:slug>/pictures/<int:pk>/", images.case_image, name="case-image"),
    path("charts/", charts.charts, name="charts"),
    path("trajectories/", trajectories.trajectories, name="trajectories"),
    path("pictures/<slug:name>.<slug:format>", pictures.picture, name="picture"),
    path("embed/matrix/", pictures.embed_matrix, name="embed-matrix"),
    path("compare/", compare.compare_cases, name="compare"),
    path("compare/selections/", compare.compare_selections, name="compare-selections"),
    path("organisations/<slug:slug>/", cases.organisation_page, name="organisation"),
    path("sources/<slug:slug>/", cases.source_page, name="source"),
    path("codebook/", codebook.current, name="codebook"),
    path("codebook/<str:version>/", codebook.version, name="codebook-version"),
    path("lessons/", lessons.lessons, name="lessons"),
    path("guide/", guide.guide, name="guide"),
    path("guide/glossary/", guide.glossary, name="glossary"),
    path("guide/<slug:slug>/", guide.guide_page, name="guide-page"),
    path("about/", pages.about, name="about"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("privacy/", pages.privacy, name="privacy"),
    path("report/", pages.report, name="report"),
    path("healthz", pages.healthz, name="healthz"),
    path("robots.txt", pages.robots, name="robots"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
]
