"""The timetable: its pace, and what becomes of questions that piled up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any, cast

import pytest
from celery import Celery, Task
from celery.beat import Scheduler
from django.conf import settings

from caseflow import timetable
from caseflow.timetable import Asked, every


@pytest.fixture
def app() -> Iterator[Celery[Asked]]:
    app = Celery("asked", task_cls=Asked, broker="memory://", set_as_current=False)
    app.conf.beat_schedule = {"note": every("note", "one", seconds=60), "other": every("note", "two", seconds=0.001)}
    yield app
    Asked._begun.clear()
    app.close()


@pytest.fixture
def noted(app: Celery[Asked]) -> list[str]:
    noted: list[str] = []

    @app.task(name="note", shared=False)
    def note(what: str) -> None:
        noted.append(what)

    return noted


def test_questions_that_piled_up_are_answered_once(app: Celery[Asked], noted: list[str]) -> None:
    for _ in range(5):
        app.tasks["note"].apply(("one",))
    assert noted == ["one"]


def test_a_question_is_answered_again_in_its_next_period(
    app: Celery[Asked], noted: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for now in (0, 29, 31, 60, 91):
        monkeypatch.setattr(timetable, "monotonic", lambda now=now: 1000.0 + now)
        app.tasks["note"].apply(("one",))
    assert noted == ["one"] * 3


def test_what_is_called_by_hand_or_is_in_no_timetable_is_always_done(app: Celery[Asked], noted: list[str]) -> None:
    for _ in range(3):
        app.tasks["note"].apply(("three",))
        app.tasks["note"]("one")
    assert sorted(noted) == ["one"] * 3 + ["three"] * 3


@pytest.mark.parametrize("by", [timedelta(hours=-1), timedelta(hours=1)])
def test_a_change_of_the_machines_clock_changes_no_pace(
    app: Celery[Asked], by: timedelta, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []
    monkeypatch.setattr(Scheduler, "apply_entry", lambda _self, entry, **_more: sent.append(entry.args[0]))
    scheduler = Scheduler(cast("Celery[Task[Any, Any]]", app))
    scheduler.tick()
    monkeypatch.setattr(app, "now", lambda: datetime.now(UTC) + by)
    monkeypatch.setattr("celery.beat.time.time", lambda: datetime.now(UTC).timestamp() + by.total_seconds())
    began = monotonic()
    for passed in range(0, 120, 10):
        monkeypatch.setattr(timetable, "monotonic", lambda passed=passed: began + passed)
        while scheduler.tick() == 0 and sent.count("two") < 100:
            pass
    assert sent.count("one") in (1, 2)
    assert "two" in sent


def test_every_question_outlives_clocks_an_hour_apart() -> None:
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        assert entry["schedule"].nowfun is timetable.steady_now
        assert entry["options"]["expires"] > 2 * 3600 - 1


def test_a_question_outlives_clocks_that_are_an_hour_off_in_opposite_directions() -> None:
    assert every("note", seconds=1)["options"]["expires"] > timedelta(hours=2, minutes=30).total_seconds()
