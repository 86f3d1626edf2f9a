"""Two people at the same item, in real transactions of their own, on whatever database the tests run."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from caseflow.cases.models import Case
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import School
from caseflow.triage.enums import ItemState
from caseflow.triage.models import TriageItem
from caseflow.triage.services import AlreadyDecidedError, decide, undo
from caseflow.undo.rules import TooLateError
from tests.directory.factories import SchoolFactory, actor
from tests.triage.factories import item_at

REASON: dict[str, Any] = {"decision": "dismiss", "reason_code": "not_confirmed", "reason": "Старая ссора"}


@pytest.fixture
def school(transactional_db: None) -> School:
    return SchoolFactory.create()


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Run the acts at the same moment, each on its own connection; what each returned or raised."""
    start = Barrier(len(acts))
    results: list[object] = [None] * len(acts)

    def run(place: int, act: Callable[[], object]) -> None:
        start.wait()
        try:
            results[place] = act()
        except Exception as error:  # noqa: BLE001  the test looks at it
            results[place] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def people(school: School, number: int) -> list[Actor]:
    return [actor(Role.PSYCHOLOGIST, school=school) for _each in range(number)]


@pytest.mark.parametrize("wish", [REASON, {"decision": "open_case"}])
def test_exactly_one_of_many_decides_and_the_others_learn_who(school: School, wish: dict[str, Any]) -> None:
    deciders, item = people(school, 6), item_at(school)
    results = at_once(*[lambda who=who: decide(who, item_id=item.pk, **wish) for who in deciders])
    winners = [result for result in results if isinstance(result, TriageItem)]
    losers = [result for result in results if isinstance(result, AlreadyDecidedError)]
    assert (len(winners), len(losers)) == (1, 5), results
    assert winners[0].decided_by is not None
    assert {lost.by for lost in losers} == {winners[0].decided_by.short_name}
    assert {lost.at for lost in losers} == {winners[0].decided_at}
    assert Case.objects.count() == (1 if wish["decision"] == "open_case" else 0)


def test_two_undos_take_back_once(school: School) -> None:
    (who,), item = people(school, 1), item_at(school)
    decide(who, item_id=item.pk, decision="open_case")
    results = at_once(lambda: undo(who, item.pk), lambda: undo(who, item.pk))
    assert sorted(type(result).__name__ for result in results) == [TooLateError.__name__, TriageItem.__name__]
    assert TriageItem.objects.get(pk=item.pk).state == ItemState.NEW
    assert Case.objects.get().entries.filter(code="closed").count() == 1
