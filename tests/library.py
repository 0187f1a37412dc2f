"""The bundled case library for tests that look at it: loaded once by the loader itself, then put back row by row."""

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction

from exchange.load import load_library

_rows: list[tuple[type[models.Model], list[models.Model]]] = []


def load() -> None:
    """Bring the library into an empty register.

    The first time in a process the loader does it and its rows are kept; after that the rows are written as they are,
    which takes a tenth of the time.
    """
    if not _rows:
        load_library()
        _rows.extend((model, list(model._base_manager.all())) for model in _models())
        return
    # In one transaction: until its end a row may refer to one that is still to come.
    with transaction.atomic():
        for model, rows in _rows:
            model._base_manager.bulk_create(rows)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [model for model, _kept in _rows]):
            cursor.execute(statement)


def _models() -> list[type[models.Model]]:
    """Models of ours, each after those that it refers to where there is no circle."""
    ours = [
        model for name in ("accounts", "partnerships", "exchange") for model in apps.get_app_config(name).get_models()
    ]
    ordered: list[type[models.Model]] = []

    def visit(model: type[models.Model], path: tuple[type[models.Model], ...]) -> None:
        if model in ordered or model in path or model not in ours:
            return
        for field in model._meta.concrete_fields:
            if field.remote_field:
                visit(field.remote_field.model, (*path, model))
        ordered.append(model)

    for model in ours:
        visit(model, ())
    return ordered
