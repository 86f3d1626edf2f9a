"""Counts by school that the database itself keeps, with each row that comes, changes or goes.

For a sum over thousands of rows on a page that many look at. SQLite remakes a table that a migration changes: such a
migration begins with `drop` where it changes the counts, and ends with `keep_counted` once more in any case, as a test
of the room reminds. A count that were ever wrong stops nobody: it does not fall below zero.
"""

# ruff: noqa: S608  the names of tables and columns are those of migrations

from typing import Any

from django.db import migrations

EVENTS = ("insert", "update", "delete")


def keep_counted(table: str, *, into: str, where: str) -> migrations.RunPython:
    """The operation of a migration after which `into` (`school_id`, `number`) says how many rows of `table` each school
    has that are so: `where` is a condition with `{row}` before its columns. A school that never had one has no count.

    The rows of `into` that change together are locked in the order of the schools, so that no two wait for each other.
    """

    def install(_apps: Any, editor: Any) -> None:
        drop(editor, table)
        make = _postgresql if editor.connection.vendor == "postgresql" else _sqlite
        for statement in make(table, into, where):  # first: who creates a trigger holds off writers until the commit
            editor.execute(statement, params=None)
        editor.execute(f"DELETE FROM {into}", params=None)
        editor.execute(
            f"INSERT INTO {into} (school_id, number) "
            f"SELECT school_id, count(*) FROM {table} WHERE {where.format(row=table)} GROUP BY school_id",
            params=None,
        )

    return migrations.RunPython(install, lambda _apps, editor: drop(editor, table), elidable=False)


def drop(editor: Any, table: str) -> None:
    """Count no more."""
    if editor.connection.vendor == "postgresql":
        editor.execute(f"DROP TRIGGER IF EXISTS {table}_counted ON {table}", params=None)
        editor.execute(f"DROP FUNCTION IF EXISTS {table}_counted()", params=None)
    else:
        for event in EVENTS:
            editor.execute(f"DROP TRIGGER IF EXISTS {table}_counted_{event}", params=None)


def _postgresql(table: str, into: str, where: str) -> list[str]:
    return [
        f"""
        CREATE FUNCTION {table}_counted() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            goes {into}.school_id%TYPE := NULL;
            comes {into}.school_id%TYPE := NULL;
        BEGIN
            IF TG_OP <> 'INSERT' AND {where.format(row="OLD")} THEN goes := OLD.school_id; END IF;
            IF TG_OP <> 'DELETE' AND {where.format(row="NEW")} THEN comes := NEW.school_id; END IF;
            IF goes IS NOT DISTINCT FROM comes THEN RETURN NULL; END IF;
            PERFORM 1 FROM {into} WHERE school_id IN (goes, comes) ORDER BY school_id FOR UPDATE;
            UPDATE {into} SET number = GREATEST(number - 1, 0) WHERE school_id = goes;
            IF comes IS NOT NULL THEN
                INSERT INTO {into} (school_id, number) VALUES (comes, 1)
                ON CONFLICT (school_id) DO UPDATE SET number = {into}.number + 1;
            END IF;
            RETURN NULL;
        END $$
        """,
        f"CREATE TRIGGER {table}_counted AFTER INSERT OR UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_counted()",
    ]


def _sqlite(table: str, into: str, where: str) -> list[str]:
    old, new = where.format(row="OLD"), where.format(row="NEW")
    goes = f"UPDATE {into} SET number = max(number - 1, 0) WHERE school_id = OLD.school_id AND {old};"
    comes = (
        f"INSERT INTO {into} (school_id, number) SELECT NEW.school_id, 1 WHERE {new} "
        "ON CONFLICT (school_id) DO UPDATE SET number = number + 1;"
    )
    done = {"insert": comes, "update": goes + comes, "delete": goes}
    return [
        f"CREATE TRIGGER {table}_counted_{event} AFTER {event} ON {table} BEGIN {done[event]} END" for event in EVENTS
    ]
