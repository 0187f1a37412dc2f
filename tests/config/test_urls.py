"""The site map: each address is reached by its name, and one does not hide another."""

import pytest
from django.urls import resolve, reverse

UUID = "00000000-0000-4000-8000-000000000000"
ADDRESSES = {
    "matrix": ([], "/"),
    "cell": ([5], "/cells/5/"),
    "charts": ([], "/charts/"),
    "trajectories": ([], "/trajectories/"),
    "picture": (["by-year", "svg"], "/pictures/by-year.svg"),
    "embed-matrix": ([], "/embed/matrix/"),
    "partnership-list": ([], "/partnerships/"),
    "partnership": (["brescia"], "/partnerships/brescia/"),
    "partnership-new": ([], "/partnerships/new/"),
    "my": ([], "/my/"),
    "alike": ([], "/my/alike/"),
    "draft-alike": ([UUID], f"/my/{UUID}/alike/"),
    "draft": ([UUID], f"/my/{UUID}/"),
    "draft-edit": ([UUID], f"/my/{UUID}/edit/"),
    "draft-check": ([UUID], f"/my/{UUID}/check/"),
    "draft-submit": ([UUID], f"/my/{UUID}/submit/"),
    "revision-edit": (["brescia"], "/partnerships/brescia/edit/"),
    "revision": ([UUID], f"/my/changes/{UUID}/"),
    "revision-check": ([UUID], f"/my/changes/{UUID}/check/"),
    "revision-take-back": ([UUID], f"/my/changes/{UUID}/take-back/"),
    "compare": ([], "/compare/"),
    "compare-selections": ([], "/compare/selections/"),
    "organisation": (["leith"], "/organisations/leith/"),
    "source": (["grey-book"], "/sources/grey-book/"),
    "codebook": ([], "/codebook/"),
    "codebook-version": (["1.0"], "/codebook/1.0/"),
    "data": ([], "/data/"),
    "data-partnerships": (["csv"], "/data/partnerships.csv"),
    "api-root": ([], "/api/v1/"),
    "api-schema": ([], "/api/v1/schema/"),
    "api-docs": ([], "/api/v1/docs/"),
    "api-partnerships": ([], "/api/v1/partnerships/"),
    "api-partnership": (["brescia"], "/api/v1/partnerships/brescia/"),
    "api-phases": ([], "/api/v1/phases/"),
    "api-assessments": ([], "/api/v1/assessments/"),
    "api-organisations": ([], "/api/v1/organisations/"),
    "api-organisation": (["leith"], "/api/v1/organisations/leith/"),
    "api-sources": ([], "/api/v1/sources/"),
    "api-source": (["grey-book"], "/api/v1/sources/grey-book/"),
    "api-matrix": ([], "/api/v1/matrix/"),
    "api-transitions": ([], "/api/v1/transitions/"),
    "api-taxonomy": ([], "/api/v1/taxonomy/"),
    "imports": ([], "/data/imports/"),
    "import-new": ([], "/data/imports/new/"),
    "import": ([UUID], f"/data/imports/{UUID}/"),
    "import-faults": ([UUID], f"/data/imports/{UUID}/faults/"),
    "import-step": ([UUID], f"/data/imports/{UUID}/step/"),
    "import-verdict": ([UUID, 3], f"/data/imports/{UUID}/records/3/"),
    "import-apply": ([UUID], f"/data/imports/{UUID}/apply/"),
    "import-hand-in": ([UUID], f"/data/imports/{UUID}/hand-in/"),
    "import-undo": ([UUID], f"/data/imports/{UUID}/undo/"),
    "import-forget": ([UUID], f"/data/imports/{UUID}/throw-away/"),
    "data-dictionary": ([], "/data/dictionary.csv"),
    "releases": ([], "/data/releases/"),
    "release": ([3], "/data/releases/3/"),
    "release-file": ([3, "register.sqlite"], "/data/releases/3/register.sqlite"),
    "released-cases": ([3], "/data/releases/3/partnerships/"),
    "released-case": ([3, "brescia"], "/data/releases/3/partnerships/brescia/"),
    "data-template": (["xlsx"], "/data/template.xlsx"),
    "my-partnerships-file": (["csv"], "/my/partnerships.csv"),
    "cite-case": (["brescia", "bib"], "/partnerships/brescia/cite.bib"),
    "cite-selection": (["ris"], "/data/cite.ris"),
    "cite-release": ([3, "json"], "/data/releases/3/cite.json"),
    "feed": ([], "/feeds/partnerships.atom"),
    "sitemap": ([], "/sitemap.xml"),
    "sitemap-section": (["sources"], "/sitemap-sources.xml"),
    "robots": ([], "/robots.txt"),
    "lessons": ([], "/lessons/"),
    "guide": ([], "/guide/"),
    "guide-page": (["reading"], "/guide/reading/"),
    "glossary": ([], "/guide/glossary/"),
    "about": ([], "/about/"),
    "accessibility": ([], "/accessibility/"),
    "privacy": ([], "/privacy/"),
    "report": ([], "/report/"),
    "styleguide": ([], "/styleguide/"),
    "healthz": ([], "/healthz"),
    "admin:index": ([], "/admin/"),
}


@pytest.mark.parametrize("name", ADDRESSES)
def test_each_address_leads_to_the_page_of_its_name(name: str) -> None:
    arguments, path = ADDRESSES[name]

    assert reverse(name, args=arguments) == path
    assert resolve(path).view_name == name


@pytest.mark.parametrize(
    "name", ["account-login", "account-logout", "account-password-change", "account-password-reset"]
)
def test_accounts_live_under_one_address(name: str) -> None:
    path = reverse(name)

    assert path.startswith("/accounts/")
    assert path.count("accounts") == 1
    assert resolve(path).view_name == name
