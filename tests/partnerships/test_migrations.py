"""Migrations run forward and backward on a register with something in it."""

from collections import Counter

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from accounts.models import User
from accounts.roles import Role
from partnerships.models import Partnership
from tests import factories

APPS = ["accounts", "partnerships", "exchange"]


def migrate(*target: str) -> None:
    call_command("migrate", *target, verbosity=0, interactive=False)


def tables() -> set[str]:
    return set(connection.introspection.table_names())


def rows() -> Counter[str]:
    """How many rows each table of the project has."""
    models = [model for name in APPS for model in apps.get_app_config(name).get_models()]
    return Counter({model._meta.label: model._default_manager.count() for model in models})


def fill() -> None:
    """One row at least in every table that people fill."""
    record = factories.partnership(partners=[("public", "Leith Council")], countries=["IT"], design="shared")
    factories.statement(record, cells={5})
    factories.evidence(record)
    factories.assessment(record.phases.get(), assessor=factories.user())
    factories.picture(record)


@pytest.fixture
def schema() -> None:
    """Whatever a test leaves, the next one finds every table."""
    yield
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        migrate()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("schema")
def test_the_first_migrations_can_be_undone_and_done_again_on_a_filled_register() -> None:
    fill()
    before = tables()
    own = {model._meta.db_table for name in APPS for model in apps.get_app_config(name).get_models()}

    # The accounts take with them what is built on them, which is everything but the first of the exchange's tables.
    for name in ("exchange", "accounts"):
        migrate(name, "zero")
    assert not own & tables()

    migrate()
    assert tables() == before
    # The roles are there again, and the constraints and generated columns work.
    record = factories.partnership(
        "Brescia", design="shared", delivery="shared", created_by=factories.user(Role.CURATOR)
    )
    assert record.phases.get().cell == 5
    assert (Partnership.objects.count(), User.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("schema")
def test_each_later_migration_can_be_undone_and_done_again_without_losing_a_row() -> None:
    fill()
    before = rows()
    graph = MigrationLoader(connection).graph

    for name in APPS:
        for leaf in graph.leaf_nodes(name):
            steps = [step for app, step in graph.forwards_plan(leaf) if app == name]
            for earlier in reversed(steps[:-1]):
                migrate(name, earlier)
            if steps[1:]:
                migrate()

    assert rows() == before
