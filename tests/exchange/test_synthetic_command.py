"""``manage.py generate_partnerships``: all or nothing, and never among real records unasked."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from accounts.models import Organisation
from partnerships.models import Partnership, Phase, Source
from partnerships.record import complete, to_record
from tests import factories

pytestmark = pytest.mark.django_db


def generate(*arguments: str) -> str:
    out = StringIO()
    call_command("generate_partnerships", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_says_how_many_it_made() -> None:
    assert generate("3", "--seed", "5") == "3 synthetic partnerships made.\n"
    assert generate("1", "--seed", "6") == "1 synthetic partnership made.\n"


def test_real_records_are_left_alone_unless_one_means_it() -> None:
    factories.partnership("Real")
    with pytest.raises(CommandError, match="not synthetic"):
        generate("2")
    assert Partnership.objects.count() == 1
    generate("2", "--beside")
    assert Partnership.objects.count() == 3


def test_what_nobody_sees_yet_is_no_obstacle() -> None:
    factories.partnership("Begun", status="draft")
    generate("2")
    assert Partnership.objects.count() == 3


def test_the_same_ones_are_not_made_twice() -> None:
    generate("2")
    with pytest.raises(CommandError, match="of seed 1 are here already"):
        generate("4")
    assert Partnership.objects.count() == 2


@pytest.mark.parametrize("number", ["0", "-3", "1000001"])
def test_a_senseless_number_is_refused(number: str) -> None:
    with pytest.raises(CommandError, match="at least 1"):
        generate(number)


def content() -> list[Any]:
    rows = complete().order_by("pk")
    return [(to_record(row, hidden=True), row.uuid, row.created_at, row.updated_at) for row in rows]


def test_the_same_seed_saves_the_same_in_few_queries(django_assert_max_num_queries) -> None:
    generate("30")
    before = content()
    Phase.objects.update(adopted_statement=None, adopted_assessment=None)
    Partnership.objects.update(part_of=None)
    Partnership.objects.all().delete()
    Organisation.objects.all().delete()
    Source.objects.all().delete()
    with django_assert_max_num_queries(90):
        generate("30")
    assert content() == before
