"""Limits are kept by one conditional UPDATE each: never more are let through, whatever comes in whatever order."""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseflow.directory.enums import Role
from caseflow.incidents.models import Incident, Quota, SchoolLink
from caseflow.incidents.rules.proof import LEAST_BITS
from caseflow.incidents.rules.quarter import QUARTER, quarter_of
from caseflow.incidents.selectors.talk import talk_of
from caseflow.incidents.services.anonymous import Said, TooManyError, limits, say
from caseflow.incidents.services.anonymous.limits import give_back, plain, take, taken_last_hour
from caseflow.incidents.services.anonymous.passes import new_form, read_form
from tests.directory.factories import SchoolFactory, actor
from tests.incidents.anonymous_factories import LATER, fresh_form, link_for, taken


@pytest.mark.django_db
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 3), st.sampled_from("ab"), st.booleans()), max_size=40),
    st.integers(min_value=0, max_value=5),
)
def test_no_place_takes_more_than_its_limit_in_a_quarter_hour(acts: list[tuple[int, str, bool]], most: int) -> None:
    """Against a model that counts by itself: time passes in quarters, two places, some given back."""
    Quota.objects.all().delete()
    moment, counted = quarter_of(timezone.now()), dict[tuple[str, int], int]()
    quarter = 0
    with pytest.MonkeyPatch.context() as patch:
        for passed, place, back in acts:
            quarter += passed
            now = moment + quarter * QUARTER + timedelta(seconds=899)
            patch.setattr(timezone, "now", lambda now=now: now)
            before = counted.get((place, quarter), 0)
            if back:
                give_back(place)
                counted[place, quarter] = max(0, before - 1)
            else:
                assert take(place, most) is (before < most)
                counted[place, quarter] = min(most, before + 1) if before < most else before
            last_hour = sum(n for (its, at), n in counted.items() if its == place and quarter - 4 < at <= quarter)
            assert taken_last_hour(place) == last_hour


@pytest.mark.django_db
def test_what_devices_without_work_send_makes_the_work_of_the_others_harder() -> None:
    for _time in range(9):
        take(plain("here"), 100)
    assert new_form("here")[0].bits == LEAST_BITS + 1
    assert new_form("there")[0].bits == LEAST_BITS


@pytest.mark.django_db
def test_yesterdays_counts_are_removed() -> None:
    Quota.objects.create(place="here", starts_at=quarter_of(timezone.now()) - timedelta(days=2), taken=3)
    take("here", 1)
    assert Quota.objects.count() == 1


@pytest.mark.django_db
def test_a_form_belongs_to_its_place_and_its_day(monkeypatch: pytest.MonkeyPatch) -> None:
    fresh, carried = new_form("here")
    assert read_form("here", carried) == fresh
    assert read_form("there", carried) is None
    assert read_form("here", f"{carried}x") is None
    monkeypatch.setattr("django.core.signing.time.time", lambda: timezone.now().timestamp() + 25 * 3600)
    assert read_form("here", carried) is None


@pytest.fixture
def link(transactional_db: None) -> SchoolLink:
    school = SchoolFactory.create()
    actor(Role.PSYCHOLOGIST, school=school)
    return link_for(school)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Run the acts at the same moment, each on its own connection; what each returned or raised."""
    start, results = Barrier(len(acts)), list[object]([None] * len(acts))

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


def test_of_many_at_once_exactly_as_many_as_the_limit_are_taken(
    link: SchoolLink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "PROVEN", 3)
    results = at_once(*[lambda: taken(link) for _each in range(8)])
    refused = [result for result in results if isinstance(result, TooManyError)]
    assert (Incident.objects.count(), len(refused)) == (3, 5), results


def test_of_many_at_once_the_counter_alone_lets_no_more_through(link: SchoolLink) -> None:
    assert sum(bool(passed) for passed in at_once(*[lambda: take("here", 5) for _each in range(16)])) == 5
    assert Quota.objects.get(place="here").taken == 5


def test_the_same_form_sent_at_the_same_moment_is_one_report(link: SchoolLink) -> None:
    form = fresh_form()
    results = at_once(*[lambda: taken(link, form).code for _each in range(4)])
    assert len(set(map(str, results))) == 1, results
    assert Incident.objects.count() == 1


def test_the_same_message_sent_at_the_same_moment_is_one(link: SchoolLink) -> None:
    incident = taken(link).incident
    channel = incident.channel
    assert channel is not None
    results = at_once(*[lambda: say(channel, "one page", Said(words=LATER)) for _each in range(4)])
    assert results == [None] * 4
    assert [line.text for line in talk_of(incident).lines] == [LATER]
