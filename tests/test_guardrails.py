"""What no reviewer will remember to check: structure, addresses, templates, translations."""

import ast
import re
import subprocess
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import URLPattern, URLResolver, get_resolver

from tests.together import hold

ROOT = Path(__file__).resolve().parent.parent
# Who may import whom. The theory imports nothing of the project; see docs/decisions.md.
MAY_IMPORT = {
    "taxonomy": set(),
    "accounts": {"taxonomy"},
    "partnerships": {"taxonomy", "accounts"},
    "exchange": {"taxonomy", "accounts", "partnerships"},
    "config": {"taxonomy", "accounts", "partnerships", "exchange"},
}
# Where text becomes trusted HTML: what nh3 has just cleaned, and JSON without a sign that HTML knows.
TRUSTED_HTML = {
    "partnerships/markdown.py", "partnerships/templatetags/markdown.py", "partnerships/templatetags/metadata.py",
}  # fmt: skip
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def tracked(*patterns: str) -> list[Path]:
    names = subprocess.run(
        [
            "git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.split("\n")  # fmt: skip
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_imports_run_one_way(package: str) -> None:
    for path in (ROOT / package).rglob("*.py"):
        strangers = (imported(path) & MAY_IMPORT.keys()) - MAY_IMPORT[package] - {package}
        assert not strangers, f"{path.relative_to(ROOT)} imports {strangers}"


def test_trusted_html_is_made_in_one_place() -> None:
    found = {
        str(path.relative_to(ROOT))
        for path in tracked("*.py", "*.html")
        if not str(path.relative_to(ROOT)).startswith(("tests/", "static/vendor/"))
        and re.search(r"mark_safe|html_safe|__html__|SafeString\(|\|\s*safe\b|autoescape off", path.read_text())
    }
    assert found <= TRUSTED_HTML


def patterns(resolver: URLResolver, prefix: str = "") -> list[tuple[str, URLPattern]]:
    found = []
    for entry in resolver.url_patterns:
        path = prefix + str(entry.pattern)
        found += patterns(entry, path) if isinstance(entry, URLResolver) else [(path, entry)]
    return found


def test_every_address_has_a_name_and_a_trailing_slash() -> None:
    own = [(path, entry) for path, entry in patterns(get_resolver()) if not path.startswith("admin/")]
    assert all(entry.name for _path, entry in own)
    without = {path for path, _entry in own if path and not path.endswith("/")}
    assert without == {
        "partnerships/<slug:slug>/cite.<str:format>", "data/cite.<str:format>", "sitemap.xml",
        "data/releases/<int:number>/cite.<str:format>", "feeds/partnerships.atom", "sitemap-<slug:section>.xml",
        "data/dictionary.csv", "data/releases/<int:number>/<str:name>",
        "healthz", "robots.txt", "data/partnerships.<str:format>", "data/template.<str:format>",
        "my/partnerships.<str:format>", "pictures/<slug:name>.<slug:format>",
    }  # fmt: skip
    names = [entry.name for _path, entry in own]
    assert len(names) == len(set(names))


@pytest.mark.django_db
def test_no_migration_is_pending() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_templates_hold_no_style_script_or_foreign_host() -> None:
    hold(holds_no_style_script_or_foreign_host, TEMPLATES)


def holds_no_style_script_or_foreign_host(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"\sstyle\s*=", text), "the content security policy refuses inline styles"
    # Data for search engines is no script: a browser neither runs it nor asks the policy about it.
    scripts = re.sub(r'<script type="application/ld\+json">', "", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", scripts), "the content security policy refuses inline scripts"
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text), "the content security policy refuses inline handlers"
    loads = re.findall(r"<(?:script|img|link|iframe)[^>]*(?:src|href)\s*=\s*[\"'](https?:)?//", text)
    assert not loads, "no page loads anything from another host"


# Names and signs that are the same in every language.
UNTRANSLATED = {"CSV", "JSON", "XLSX", "DOI", "ORCID", "PNG", "SVG"}
# The page for when nothing works any more, templates' tags included, and one that holds attributes and no text.
WITHOUT_TEXT = {"500.html", "boosted.html"}


def test_text_of_templates_goes_through_gettext() -> None:
    hold(text_goes_through_gettext, TEMPLATES)


def text_goes_through_gettext(path: Path) -> None:
    text = path.read_text()
    if path.name in WITHOUT_TEXT:
        return
    text = re.sub(r"\{%\s*blocktranslate.*?endblocktranslate\s*%\}", "", text, flags=re.S)
    text = re.sub(r"\{%\s*comment.*?endcomment\s*%\}|\{#.*?#\}", "", text, flags=re.S)
    text = re.sub(r"<(script|style|svg)\b.*?</\1>", "", text, flags=re.S)
    text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", text, flags=re.S)
    attributes = re.findall(r"\b(?:alt|title|aria-label|placeholder)=\"([^\"]*)\"", text)
    words = re.findall(r"[^\W\d_]{3,}", re.sub(r"<[^>]*>", " ", text) + " " + " ".join(attributes))
    assert [word for word in words if word not in UNTRANSLATED | {"nbsp", "times", "middot"}] == []


def test_the_project_speaks_of_itself_only() -> None:
    """No address of a machine, and no left-overs."""
    pattern = re.compile(r"/work/|/tmp/|\bTODO\b|\bFIXME\b|\bXXX\b")
    for path in tracked("*.py", "*.html", "*.md", "*.css", "*.js", "*.toml", "Makefile", ".ci/*"):
        name = str(path.relative_to(ROOT))
        if name.startswith(("static/vendor/", "tests/browser/vendor/")) or name == "tests/test_guardrails.py":
            continue
        found = pattern.search(path.read_text(errors="replace"))
        assert not found, f"{name}: {found.group() if found else ''}"
