"""Synthetic registers: sound, the same every time, and never among real records unasked."""

import hashlib
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.forms.models import model_to_dict
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoDbBlocker

from accounts.models import Organisation
from exchange import synthetic
from exchange.synthetic.chance import Chance
from exchange.synthetic.making import make
from exchange.synthetic.places import COUNTRIES
from exchange.synthetic.pools import draw_pools
from partnerships.index import reindex_all
from partnerships.integrity import violations
from partnerships.models import Facet, Partnership, Phase
from partnerships.record import complete, to_record
from partnerships.search import words_of
from tests import factories

ROOT = Path(__file__).resolve().parents[2]
NUMBER, SEED = 60, 7
# What the records of a seed are, in a process of its own.
DIGEST = f"""
import django
django.setup()
from tests.exchange.test_synthetic import digest
print(digest({NUMBER}, {SEED}))
"""


def digest(number: int, seed: int) -> str:
    """A short form of all that is drawn for a register, before any of it is saved."""
    pools = draw_pools(number, seed)
    made = [make(seed, place, pools) for place in range(1, number + 1)]
    rows = [
        model_to_dict(row) | {"uuid": str(getattr(row, "uuid", ""))}
        for each in made
        for row in (each.partnership, *each.partners, *each.phases, *each.claims, *each.rest)
    ]
    return hashlib.sha256(json.dumps(rows, default=_plain).encode()).hexdigest()


def _plain(value: object) -> object:
    """Sets have no order of their own."""
    return sorted(map(str, value)) if isinstance(value, frozenset) else str(value)


@pytest.fixture(scope="module")
def register(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with factories.standing(django_db_blocker, lambda: synthetic.generate(NUMBER, SEED)):
        yield


def records() -> list[dict]:
    return [to_record(row, hidden=True) for row in complete().order_by("pk")]


# ---- What is made ------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_register_is_sound(register: None) -> None:
    assert Partnership.objects.count() == NUMBER
    assert [str(fault) for fault in violations()] == []


@pytest.mark.django_db
def test_the_index_is_up_to_date(register: None) -> None:
    with CaptureQueriesContext(connection) as asked:
        reindex_all()
    assert [query["sql"] for query in asked if not query["sql"].startswith("SELECT")] == []


@pytest.mark.django_db
def test_every_record_says_that_it_is_made_up(register: None) -> None:
    for row in Partnership.objects.all():
        assert "synthetic" in row.tags
        assert f"(synthetic {SEED}-" in row.title
    assert all("synthetic" in row.name for row in Organisation.objects.all())


@pytest.mark.django_db
def test_the_first_record_has_all_that_a_record_can_have(register: None) -> None:
    record = records()[0]
    assert record["partnership_id"].endswith(f"-synthetic-{SEED}-1")
    empty = {name for name, value in record.items() if not value}
    assert empty == {"part_of"}
    assert len(record["phases"]) == 4
    assert record["case_study"]["lessons"]
    assert any(row["adopted"] for row in record["assessments"])


@pytest.mark.django_db
def test_it_holds_what_a_real_register_holds(register: None) -> None:
    statuses = Counter(Partnership.objects.values_list("status", flat=True))
    assert statuses["published"] > 0.8 * NUMBER
    assert statuses["draft"]
    certainties = set(Phase.objects.values_list("certainty", flat=True))
    assert certainties == {"source_stated", "self_reported", "assessed", "inferred", ""}
    assert Phase.objects.filter(cell__isnull=False).exclude(certainty="inferred").count() > 0.4 * Phase.objects.count()
    assert any(phase.cell is None and phase.placed() for phase in Phase.objects.all())
    assert Phase.objects.filter(planned=True).exists()
    assert Facet.objects.filter(facet="move").exists()
    assert Partnership.objects.filter(partners__organisation__partner_in__gt=1).exists()


@pytest.mark.django_db
def test_what_is_not_published_has_no_address_and_no_position(register: None) -> None:
    hidden = Partnership.objects.exclude(status__in=["published", "withdrawn"])
    assert set(hidden.values_list("slug", "published_at")) == {(None, None)}
    assert not Phase.objects.filter(partnership__in=hidden).exclude(certainty="").exists()


@pytest.mark.django_db
def test_the_words_for_measuring_search_are_there(register: None) -> None:
    published = Partnership.objects.published()
    common, rare = (
        published.with_words(words_of(word)).count() for word in (synthetic.COMMON_WORD, synthetic.RARE_WORD)
    )
    assert common > 0.3 * published.count()
    assert rare == 1


def test_early_countries_are_drawn_most_often() -> None:
    chance = Chance(SEED, "countries")
    drawn = Counter(chance.skewed(COUNTRIES) for _ in range(4000))
    assert drawn[COUNTRIES[0]] > 1.5 * drawn[COUNTRIES[1]] > 3 * drawn[COUNTRIES[9]]
    assert len(drawn) == len(COUNTRIES)


# ---- The same every time -----------------------------------------------------------------------


def test_the_same_seed_makes_the_same_in_every_process() -> None:
    # The order of sets changes with the seed of their hashes, which is not this process's.
    done = subprocess.run(
        [sys.executable, "-c", DIGEST], cwd=ROOT, capture_output=True, text=True, check=True,
        env={"PYTHONHASHSEED": "1", "DJANGO_SETTINGS_MODULE": "tests.settings"},
    )  # fmt: skip
    assert done.stdout.strip() == digest(NUMBER, SEED)


def test_another_seed_makes_others() -> None:
    assert digest(3, SEED) != digest(3, SEED + 1)
