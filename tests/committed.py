"""What tests with real commits have written, and taking it back.

Every test leaves the database as the migrations made it, so what is there before the first one is there for all.
"""

import time
from functools import cache

from django.apps import apps
from django.db import IntegrityError, connection, connections, transaction
from django.db.models import Model

PATIENCE = (0.5, 0.5, 0.5, 0.5)


@cache
def remember() -> dict[type[Model], list[object]]:
    """The rows that migrations have made, for each table."""
    return {model: list(model._base_manager.values_list("pk", flat=True)) for model in _tables()}


def delete() -> None:
    """Delete all other rows."""
    for pause in PATIENCE:
        try:
            _delete_all_but(remember())
        except IntegrityError:  # a request of a browser that has just been closed wrote in between
            time.sleep(pause)
        else:
            break
    else:
        _delete_all_but(remember())
    connections.close_all()


def _delete_all_but(there: dict[type[Model], list[object]]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:  # keys are asked at the end, so the order does not matter
        for model, rows in there.items():
            if rows:
                made = model._base_manager.exclude(pk__in=rows)
                made._raw_delete(made.db)
        cursor.execute(_which_have_rows())
        for (table,) in cursor.fetchall():
            cursor.execute(f'DELETE FROM "{table}"')  # noqa: S608  a name of our own models


@cache
def _which_have_rows() -> str:
    """One question for all tables that the migrations leave empty: a test writes into few of them."""
    empty = [model._meta.db_table for model, rows in remember().items() if not rows]
    one = "SELECT '{0}' WHERE EXISTS (SELECT 1 FROM \"{0}\")"
    return " UNION ALL ".join(one.format(table) for table in empty)


def _tables() -> list[type[Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if not model._meta.proxy]
