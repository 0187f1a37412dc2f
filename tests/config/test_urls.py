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
    "draft": ([UUID], f"/my/{UUID}/"),
    "draft-edit": ([UUID], f"/my/{UUID}/edit/"),
    "draft-check": ([UUID], f"/my/{UUID}/check/"),
    "draft-submit": ([UUID], f"/my/{UUID}/submit/"),
    "compare": ([], "/compare/"),
    "compare-selections": ([], "/compare/selections/"),
    "organisation": (["leith"], "/organisations/leith/"),
    "source": (["grey-book"], "/sources/grey-book/"),
    "codebook": ([], "/codebook/"),
    "codebook-version": (["1.0"], "/codebook/1.0/"),
    "data": ([], "/data/"),
    "data-partnerships": (["csv"], "/data/partnerships.csv"),
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
