"""Out of hours something acute rings those on duty (rules: deadlines), and falls silent once it is decided."""

from datetime import UTC, datetime

import pytest

from caseflow.clocks.models import DutyCall
from caseflow.clocks.selectors import out_of_hours
from caseflow.directory.enums import Role
from caseflow.triage.enums import Audience
from caseflow.triage.services import decide, filing
from tests.clocks.factories import Staffed, alerted, staffed_school
from tests.directory.factories import SchoolFactory
from tests.triage.factories import item_at, make_parent, pupil_at

pytestmark = pytest.mark.django_db
ACUTE = "psych_assessment_acute"


@pytest.fixture
def there() -> Staffed:
    return staffed_school()


@pytest.fixture
def night(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filing, "out_of_hours", lambda *_args: True)


@pytest.fixture
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filing, "out_of_hours", lambda *_args: False)


@pytest.mark.parametrize(
    ("moment", "out"),
    [
        (datetime(2026, 9, 8, 7, tzinfo=UTC), False),  # Tuesday noon in Almaty
        (datetime(2026, 9, 8, 4, tzinfo=UTC), False),  # 9:00, opening
        (datetime(2026, 9, 8, 13, tzinfo=UTC), True),  # 18:00, closing
        (datetime(2026, 9, 8, 3, 59, tzinfo=UTC), True),
        (datetime(2026, 9, 12, 7, tzinfo=UTC), True),  # Saturday
        (datetime(2026, 10, 26, 7, tzinfo=UTC), True),  # day off for Republic Day, a Sunday in 2026
    ],
)
def test_nights_weekends_and_holidays_are_out_of_hours(moment: datetime, out: bool) -> None:
    assert out_of_hours(SchoolFactory.create(), moment) is out


def test_something_acute_rings_out_of_hours(there: Staffed, night: None) -> None:
    item = item_at(there.school, psych_code=ACUTE)

    call = DutyCall.objects.get()
    assert (call.reason, call.url) == ("acute_item", f"/today/?item={item.pk}")
    assert alerted() == [there.duty_person.user.pk]


def test_by_day_nobody_is_rung(there: Staffed, day: None) -> None:
    item_at(there.school, psych_code=ACUTE)

    assert not DutyCall.objects.exists()


def test_for_what_can_wait_nobody_is_rung(there: Staffed, night: None) -> None:
    item_at(there.school, psych_code="psych_assessment_high")

    assert not DutyCall.objects.exists()


def test_what_is_kept_from_the_school_rings_above_it(there: Staffed, night: None) -> None:
    item_at(there.school, psych_code=ACUTE, audience=Audience.LEAD)

    assert alerted() == [there.district_lead.user.pk]


def test_a_parent_on_duty_and_whoever_must_not_know_are_passed_over(there: Staffed, night: None) -> None:
    child = pupil_at(there.school)
    make_parent(there.duty_person, child)

    item_at(there.school, child, psych_code=ACUTE, not_for=[there.district_lead.user.pk])

    assert alerted() == [there.psychologist.user.pk]
    kept = set(DutyCall.objects.get().kept_from.values_list("pk", flat=True))
    assert {there.duty_person.user.pk, there.district_lead.user.pk} <= kept


def test_a_decision_lets_it_fall_silent(there: Staffed, night: None) -> None:
    item = item_at(there.school, psych_code=ACUTE)

    decide(there.psychologist, item_id=item.pk, decision="open_case")

    assert not DutyCall.objects.get().is_ringing
    assert there.psychologist.role == Role.PSYCHOLOGIST
