"""What is measured: the pages of the register, and what stands beside them for comparison."""

from dataclasses import dataclass

SEED = 1
# The words come from the generator's own list; see exchange/synthetic/words.py.
COMMON, RARE = "residents", "falconry"
FACETS = "_facet_array=countries&_facet_array=service_areas&_facet=unit&_facet=vehicle&status=published"
TABLE = "/register/partnerships_partnership"
STATIC = "static file"
FOUR_FACETS, DATASETTE_PAGE, DATASETTE_LEAN = "matrix, four facets", "Datasette, four facets", "the same, lean"


@dataclass(frozen=True)
class Target:
    """Something to ask for. ``path`` may hold {last} and {case}; ``group`` names the goal on its queries."""

    name: str
    path: str
    group: str = ""
    what: str = ""


PAGES = (
    Target("matrix", "/", "matrix", "the home page"),
    Target("matrix, three filters", "/?country=IT&area=10&unit=case", "matrix", "a country, an area, a unit"),
    Target("matrix as of 2010", "/?year=2010", "matrix"),
    Target(FOUR_FACETS, "/?facets=unit&facets=vehicle", "matrix", "country and area are always open"),
    Target("list, page 1", "/partnerships/", "list"),
    Target("list, last page", "/partnerships/?page={last}", "list"),
    Target("search, common word", f"/partnerships/?q={COMMON}", "list", "about half of the records"),
    Target("search, rare word", f"/partnerships/?q={RARE}", "list", "the same handful in both registers"),
    Target("case page", "/partnerships/{case}/", "case", "with all that a record can have"),
    Target("charts", "/charts/"),
    Target("trajectories", "/trajectories/"),
)
# The bytes of the matrix as a file, from the same server, which no page can beat.
FILE = Target(STATIC, "/static/matrix-{register}.html", "", "the same bytes as the matrix, by the same server")
PEERS = (
    Target(DATASETTE_PAGE, f"{TABLE}?{FACETS}", "", "as it opens: 100 rows, all columns"),
    Target(DATASETTE_LEAN, f"{TABLE}?{FACETS}&_size=25&_col=title&_col=unit&_col=vehicle", "", "25 rows, four columns"),
)
