"""Several people save at the same moment, in real transactions, on whatever database the tests run."""

from collections.abc import Callable
from functools import partial
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from analytics.enums import StillKind
from analytics.models import SeatPlan, WaitingStill
from analytics.rules.plan_refusals import PlanRefusedError
from analytics.rules.seat_plans import Drawing
from analytics.services import seat_plans
from analytics.services.seat_plans import NewerPlanError, save_plan
from analytics.services.stills import keep_still
from tests.analytics.plan_factories import Room, drawn, empty, png, room, seats

PEOPLE = 5


@pytest.fixture
def where(transactional_db: None) -> Room:
    return room()


@pytest.fixture
def drawing(where: Room) -> Drawing:
    """A first drawing that is about to be saved."""
    still = keep_still(where.admin, *where.where, content=png(empty()), kind=StillKind.EMPTY_ROOM)
    return Drawing(None, still.pk, seats(where))


def at_once(act: Callable[[], object]) -> list[object]:
    """What each of several threads returned or raised that did the same at the same moment."""
    start, results = Barrier(PEOPLE), list[object]()

    def run() -> None:
        start.wait()
        try:
            results.append(act())
        except Exception as error:  # noqa: BLE001  the test looks at it
            results.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run) for _ in range(PEOPLE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_over_one_version_exactly_one_of_many_is_saved(where: Room) -> None:
    base = drawn(where)
    drawing = Drawing(base.pk, None, seats(where))
    results = at_once(lambda: save_plan(where.admin, *where.where, drawing))

    assert sorted(type(result).__name__ for result in results) == ["NewerPlanError"] * 4 + ["SeatPlan"]
    assert list(SeatPlan.objects.order_by("version").values_list("version", flat=True)) == [1, 2]
    assert SeatPlan.objects.get(valid_to=None).seats.count() == 3


def test_of_many_first_drawings_exactly_one_is_saved(where: Room, drawing: Drawing) -> None:
    results = at_once(lambda: save_plan(where.admin, *where.where, drawing))

    assert sum(isinstance(result, SeatPlan) for result in results) == 1, results
    assert SeatPlan.objects.get().version == 1


def meanwhile(monkeypatch: pytest.MonkeyPatch, happens: Callable[[], object]) -> None:
    """Have something happen once, after a drawing was looked at and before it is written."""
    require = seat_plans._require_valid

    def looking(*what: Any) -> None:
        require(*what)
        monkeypatch.setattr(seat_plans, "_require_valid", require)
        happens()

    monkeypatch.setattr(seat_plans, "_require_valid", looking)


def test_a_plan_that_is_committed_while_another_is_written_stands(
    where: Room, drawing: Drawing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Databases that let several write may show a transaction no plan, and refuse its own."""

    def theirs_is_saved() -> None:
        save_plan(where.admin, *where.where, drawing)
        monkeypatch.setattr(seat_plans, "_end_version", lambda *_what: None)

    meanwhile(monkeypatch, theirs_is_saved)
    with pytest.raises(NewerPlanError) as refused:
        save_plan(where.admin, *where.where, drawing)

    assert refused.value.newest == SeatPlan.objects.get()
    assert SeatPlan.objects.get().seats.count() == 3


def test_a_still_that_is_replaced_while_a_drawing_on_it_is_saved_is_gone(
    where: Room, drawing: Drawing, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = partial(keep_still, where.admin, *where.where, content=png(empty()), kind=StillKind.BLURRED)
    meanwhile(monkeypatch, replace)
    with pytest.raises(PlanRefusedError, match="still_gone"):
        save_plan(where.admin, *where.where, drawing)

    assert not SeatPlan.objects.exists()
    assert WaitingStill.objects.get().kind == StillKind.BLURRED
