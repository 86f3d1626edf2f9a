"""The layout of the house, where no other tool looks."""

import json
import re
import tomllib
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import ForeignObject

from caseflow.celery import app
from ops.children import programs_of
from ops.messages import PACKAGES
from ops.place import Place
from ops.trouble import ROOT

LONGEST_FILE = 300
OUTSIDE_ADDRESS = re.compile(r"""(?:src|href|action)\s*=\s*["']?(?:https?:)?//""")
INLINE_CODE = re.compile(
    r"""<script(?![^>]*\bsrc=)(?![^>]*type="application/json")|<style|\sstyle\s*=|\son[a-z]+\s*=\s*["']"""
)
IMPORTED_SHEET = re.compile(r"""@import\s+(?:url\()?["']?(?:https?:)?//|url\(["']?(?:https?:)?//""")


def ours(*patterns: str) -> list[Path]:
    """Files written by us, not those that were installed, fetched, built or made by makemigrations."""
    folders = (
        ROOT / name
        for name in (
            "analytics",
            "caseflow",
            "lockdown",
            "notifications",
            "ops",
            "prepared",
            "static",
            "templates",
            "tests",
        )
    )
    found = (path for folder in folders for pattern in patterns for path in sorted(folder.rglob(pattern)))
    return [path for path in found if not {"migrations", "kit"} & set(path.parts)]


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


def storeys() -> list[set[str]]:
    """The rooms from the lowest to the highest, those on one storey together, as import-linter is told them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    (rooms,) = (each for each in contracts if each.get("containers") == ["caseflow"])
    levels = [{f"caseflow.{name.strip(' ()')}" for name in re.split(r"[|:]", layer)} for layer in rooms["layers"]]
    return [{"notifications"}, *reversed(levels), {"analytics"}]


STOREY = {room: number for number, rooms in enumerate(storeys()) for room in rooms}


def upward_references() -> Iterator[str]:
    for model in apps.get_models():
        source = model._meta.app_config.name
        for field in model._meta.get_fields(include_hidden=False):
            if not isinstance(field, ForeignObject) or field.remote_field.model._meta.label == settings.AUTH_USER_MODEL:
                continue
            target = field.remote_field.model._meta.app_config.name
            if source in STOREY and target in STOREY and source != target and STOREY[source] <= STOREY[target]:
                yield f"{model._meta.label}.{field.name} → {target}"


def test_foreign_keys_point_where_imports_may_point() -> None:
    assert list(upward_references()) == []


def test_every_room_of_ours_stands_on_a_storey() -> None:
    rooms = [each.name for each in apps.get_app_configs() if each.name.split(".")[0] in PACKAGES]
    assert [name for name in rooms if name not in STOREY] == []


def test_no_file_is_longer_than_a_person_reads_at_once() -> None:
    long = {
        shown(path): count
        for path in ours("*.py", "*.html", "*.js", "*.css")
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    }
    assert long == {}


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_the_locked_list_pins_every_package_by_hash_and_names_no_host(name: str) -> None:
    text = (ROOT / name).read_text()
    packages = re.split(r"\n(?=\S)", text.strip())
    assert [each for each in packages if "==" not in each or "--hash=sha256:" not in each] == []
    assert "://" not in text


def test_the_interface_kit_is_locked_by_hash_and_names_no_host() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text())
    packages = {name: each for name, each in lock["packages"].items() if name}
    assert packages
    assert [name for name, each in packages.items() if "integrity" not in each or "resolved" in each] == []


def test_pages_ask_nothing_of_other_hosts() -> None:
    pages = [shown(path) for path in ours("*.html") if OUTSIDE_ADDRESS.search(path.read_text())]
    sheets = [shown(path) for path in ours("*.css") if IMPORTED_SHEET.search(path.read_text())]
    assert pages + sheets == []


def test_pages_hold_no_code_or_style_of_their_own() -> None:
    found = {shown(path): hit[0] for path in ours("*.html") if (hit := INLINE_CODE.search(path.read_text()))}
    assert found == {}


def test_every_timed_or_routed_task_exists() -> None:
    app.loader.import_default_modules()
    timed = {each["task"] for each in settings.CELERY_BEAT_SCHEDULE.values()}
    assert (timed | settings.CELERY_TASK_ROUTES.keys()) - app.tasks.keys() == set()


def test_every_queue_that_tasks_go_to_has_a_worker() -> None:
    queues = {each["queue"] for each in settings.CELERY_TASK_ROUTES.values()} | {settings.CELERY_TASK_DEFAULT_QUEUE}
    programs = programs_of(Place("127.0.0.1", 8000, demo=False, data=ROOT))
    served = {each.arguments[each.arguments.index("-Q") + 1] for each in programs if "-Q" in each.arguments}
    assert queues == served


def test_every_module_that_a_make_target_runs_is_there_to_be_run() -> None:
    named = set(re.findall(r"-m ((?:ops|tests)[.\w]*)", (ROOT / "Makefile").read_text()))
    assert "ops.supervise" in named
    assert [name for name in sorted(named) if not is_runnable(name)] == []


def is_runnable(name: str) -> bool:
    found = find_spec(name)
    return found is not None and (found.submodule_search_locations is None or find_spec(f"{name}.__main__") is not None)
