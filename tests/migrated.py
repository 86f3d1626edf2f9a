"""The test database is migrated once and then copied, since the migrations take longer than any test.

On SQLite the copy lies in `build/tests` under a name that carries what it was made from, and later runs find it. On
PostgreSQL it is a database beside those of the run's processes, dropped when the run is over.
"""

import ast
import fcntl
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
import pytest
from django.db import connection

from caseflow.settings.environment import BASE_DIR

FOLDER = BASE_DIR / "build" / "tests"
APPS = ("analytics", "caseflow", "notifications")


@contextmanager
def made_once() -> Iterator[None]:
    """While it is open the test database is made: as a copy where there is one, else a copy is made of it.

    One process at a time, so that the others find the copy of the first.
    """
    FOLDER.mkdir(parents=True, exist_ok=True)
    with pytest.MonkeyPatch.context() as patch, (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if connection.vendor == "sqlite":
            with _by_file(patch, FOLDER / f"{_digest()}.sqlite3"):
                yield
        elif worker := os.environ.get("PYTEST_XDIST_WORKER"):
            with _by_template(patch, _template(connection.settings_dict["TEST"]["NAME"].removesuffix(f"_{worker}"))):
                yield
        else:
            yield


@contextmanager
def _by_file(patch: pytest.MonkeyPatch, copy: Path) -> Iterator[None]:
    creation: Any = connection.creation
    known, make = copy.exists(), creation._create_test_db

    def copied(*args: Any, **options: Any) -> str:
        return str(shutil.copyfile(copy, make(*args, **options)))

    if known:
        patch.setattr(creation, "_create_test_db", copied)
    yield
    if not known:
        for old in FOLDER.glob("*.sqlite3*"):
            old.unlink()
        database = sqlite3.connect(connection.settings_dict["NAME"])
        database.execute("VACUUM INTO ?", [f"{copy}.fresh"])
        database.close()
        Path(f"{copy}.fresh").rename(copy)


@contextmanager
def _by_template(patch: pytest.MonkeyPatch, copy: str) -> Iterator[None]:
    creation: Any = connection.creation
    with creation._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [copy])
        known = cursor.fetchone() is not None
    if known:
        patch.setitem(connection.settings_dict["TEST"], "TEMPLATE", copy)
    yield
    if not known:
        connection.close()  # PostgreSQL copies no database that somebody is in
        with creation._nodb_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{connection.settings_dict["NAME"]}"')


def drop_template() -> None:
    """Drop the copy on PostgreSQL, also one that a run before has left."""
    if connection.vendor == "postgresql":
        creation: Any = connection.creation
        with creation._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{_template(connection.settings_dict["TEST"]["NAME"])}"')


def _template(name: str) -> str:
    return f"{name}_migrated"


def _digest() -> str:
    """Of the migrations, of what they import but for models, of the texts they read, and of Django."""
    found = hashlib.sha256(django.__version__.encode())
    for path in sorted(_sources()):
        found.update(path.relative_to(BASE_DIR).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()[:16]


def _sources() -> set[Path]:
    files = [path for app in APPS for path in (BASE_DIR / app).rglob("*") if path.is_file() and path.suffix != ".pyc"]
    found = {path for path in files if path.suffix != ".py"}
    waiting = [path for path in files if path.suffix == ".py" and path.parent.name == "migrations"]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += _imported(path)
    return found


def _imported(path: Path) -> list[Path]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    own = [BASE_DIR / name.replace(".", "/") for name in names if name.split(".")[0] in APPS and "models" not in name]
    return [each for at in own for each in (at.with_suffix(".py"), at / "__init__.py") if each.is_file()]
