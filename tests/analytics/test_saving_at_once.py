"""Several people save at the same moment, in real transactions, on whatever database the tests run."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection

from analytics.enums import StillKind
from analytics.models import SeatPlan
from analytics.rules.seat_plans import Drawing
from analytics.services.seat_plans import save_plan
from analytics.services.stills import keep_still
from tests.analytics.plan_factories import Room, drawn, empty, png, room, seats

PEOPLE = 5


@pytest.fixture
def where(transactional_db: None) -> Room:
    return room()


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


def test_of_many_first_drawings_exactly_one_is_saved(where: Room) -> None:
    still = keep_still(where.admin, *where.where, content=png(empty()), kind=StillKind.EMPTY_ROOM)
    drawing = Drawing(None, still.pk, seats(where))
    results = at_once(lambda: save_plan(where.admin, *where.where, drawing))

    assert sum(isinstance(result, SeatPlan) for result in results) == 1, results
    assert SeatPlan.objects.get().version == 1
