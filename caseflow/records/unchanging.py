"""Rows that the database itself keeps from being changed, whatever the program does.

Removing a row stays possible, since erasure and the end of a term need it; blanking what is sealed as well. SQLite
drops the trigger with the table where a later migration remakes it; that migration ends with `keep_unchanged` once
more, as a test of the room reminds.
"""

from collections.abc import Sequence
from typing import Any

from django.db import migrations


def keep_unchanged(
    table: str, columns: Sequence[str], *, blankable: Sequence[str] = (), once: str = ""
) -> migrations.RunPython:
    """The operation of a migration after which none of `columns` of a row of `table` can be changed.

    Those in `blankable` hold bytes and may be emptied. `once` is a condition on OLD from which on the row stays; ""
    means from its first day.
    """
    changed = [f"(OLD.{name} IS DISTINCT FROM NEW.{name})" for name in columns]
    changed += [f"(OLD.{name} IS DISTINCT FROM NEW.{name} AND length(NEW.{name}) > 0)" for name in blankable]
    condition = " OR ".join(changed)
    condition = f"({once}) AND ({condition})" if once else condition
    return migrations.RunPython(_install(table, condition), _remove(table), elidable=False)


def _install(table: str, condition: str) -> Any:
    def install(_apps: Any, editor: Any) -> None:
        drop(editor, table)
        if editor.connection.vendor == "postgresql":
            editor.execute(
                f"CREATE FUNCTION {table}_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                f"IF {condition} THEN RAISE EXCEPTION 'a row of {table} is never changed' "
                "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
                params=None,
            )
            editor.execute(
                f"CREATE TRIGGER {table}_stays BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_stays()",
                params=None,
            )
        else:
            told = condition.replace("IS DISTINCT FROM", "IS NOT")
            editor.execute(
                f"CREATE TRIGGER {table}_stays BEFORE UPDATE ON {table} WHEN {told} "
                f"BEGIN SELECT RAISE(ABORT, 'a row of {table} is never changed'); END",
                params=None,
            )

    return install


def _remove(table: str) -> Any:
    def remove(_apps: Any, editor: Any) -> None:
        drop(editor, table)

    return remove


def drop(editor: Any, table: str) -> None:
    """Let rows of the table be changed again."""
    if editor.connection.vendor == "postgresql":
        editor.execute(f"DROP TRIGGER IF EXISTS {table}_stays ON {table}", params=None)
        editor.execute(f"DROP FUNCTION IF EXISTS {table}_stays()", params=None)
    else:
        editor.execute(f"DROP TRIGGER IF EXISTS {table}_stays", params=None)
