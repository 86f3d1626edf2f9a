"""PostgreSQL keeps a plan for each question too.

Its planner needs several times what the answer costs it: 8.7 ms and 0.8 ms for the queue of a psychologist. So a kept
question becomes a prepared statement of its connection, planned once (`plan_cache_mode` in the settings). What never
changes in it is written out: an index for some values only ("the open ones") is of use to a plan that knows them.
"""

from collections.abc import Collection, Sequence
from types import SimpleNamespace
from typing import Any, cast

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

MOST_PLANS = 500  # on a connection, 10 to 100 KiB each there
NEVER = 2**31  # what was not asked to be prepared is not, however often it is asked


def keeps_plans(connection: BaseDatabaseWrapper) -> bool:
    """Whether the database of this connection does, and may: some poolers give each transaction another connection."""
    return connection.vendor == "postgresql" and getattr(settings, "PREPARED_PLANS", True)


def with_constants(
    connection: BaseDatabaseWrapper, sql: str, params: Sequence[object], changing: Collection[int]
) -> str:
    """`sql` with all parameters written out but those at the places `changing`."""
    from psycopg.sql import Literal  # there where PostgreSQL is used

    connection.ensure_connection()
    head, *parts = sql.split("%s")
    written = [head]
    for place, (param, part) in enumerate(zip(params, parts, strict=True)):
        constant = "%s" if place in changing else Literal(param).as_string(connection.connection).replace("%", "%%")
        written += [constant, part]
    return "".join(written)


def preparing_cursor(connection: Any) -> Any:
    """A cursor of Django's whose statements are prepared."""
    from django.db.backends.postgresql.base import ServerBindingCursor

    connection.close_if_health_check_failed()
    connection.ensure_connection()
    raw = connection.connection
    if raw.prepare_threshold != NEVER:
        raw.prepare_threshold, raw.prepared_max = NEVER, MOST_PLANS
    cursor: Any = cast("Any", ServerBindingCursor)(raw)
    execute = cursor.execute

    def prepare(sql: str, params: Sequence[object]) -> Any:
        done = execute(sql, params, prepare=True)
        # A statement that was prepared before is not noted; Django's log of queries reads it here.
        cursor._query = cursor._query or SimpleNamespace(query=sql.encode())
        return done

    cursor.execute = prepare
    return connection._prepare_cursor(cursor)
