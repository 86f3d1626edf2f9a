"""What agencies owe: exact, by number, and never what happened, where and when (rule 22)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from caseflow.audit.models import AuditEntry
from caseflow.clocks.models import MissedNumber
from caseflow.clocks.services import numbering, numbers_of, stop_clock
from caseflow.directory.enums import AgencyKind, Role
from caseflow.duties.enums import DutyKind, Overdue
from caseflow.duties.rules.bodies import Body, NoBodyError, overdue_for
from caseflow.duties.services import open_body, open_desk
from caseflow.incidents.enums import Category
from tests.alarms.buttons import wall_button
from tests.council.factories import approved, held, table
from tests.directory.factories import AgencyFactory, actor, signed_in
from tests.duties.factories import Land, land, legal_clock, overdue_report

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Land:
    return land()


def owed(desk: object) -> dict[str, int]:
    return {row.body.code: row.total for row in desk.rows}  # type: ignore[attr-defined]


def test_the_prosecutor_sees_how_many_are_overdue_agency_by_agency(here: Land) -> None:
    for _ in range(3):
        overdue_report(here.schools[0])
    overdue_report(here.schools[1])
    desk = open_desk(here.prosecutor)
    first, second = (Body(AgencyKind.POLICE, agency.district_id).code for agency in here.police)
    assert owed(desk) == {first: 3, second: 1}
    assert desk.sums[DutyKind.LEGAL] == 4
    assert {row.body.kind for row in desk.silent} == {AgencyKind.EDUCATION}


def test_what_is_given_or_not_due_yet_is_no_duty_overdue(here: Land) -> None:
    given = overdue_report(here.schools[0])
    stop_clock(legal_clock(given).pk)
    overdue_report(here.schools[0], days=-1)
    assert open_desk(here.prosecutor).rows == ()


def test_talk_of_self_harm_is_told_to_who_owes_it_and_not_to_the_prosecutor(here: Land) -> None:
    overdue_report(here.schools[0], category=Category.SELF_HARM)
    assert open_desk(here.prosecutor).rows == ()
    assert sum(owed(open_desk(here.head(here.police[0]))).values()) == 1


def test_a_head_sees_the_own_agency_and_one_of_the_region_those_below(here: Land) -> None:
    overdue_report(here.schools[0])
    overdue_report(here.schools[1])
    above = AgencyFactory.create(kind=AgencyKind.POLICE, region=here.region, district=None)
    own, other = (Body(AgencyKind.POLICE, agency.district_id).code for agency in here.police)
    head = here.head(here.police[0])
    assert owed(open_desk(head)) == {own: 1}
    assert owed(open_desk(here.head(above))) == {own: 1, other: 1}
    assert open_body(head, own).duties[0].kind == DutyKind.LEGAL
    for code in (other, Body(AgencyKind.EDUCATION, here.police[0].district_id).code, "police-0", "police-x", "nobody"):
        with pytest.raises(NoBodyError):
            open_body(head, code)


def test_the_other_region_is_not_within_reach(here: Land) -> None:
    overdue_report(land().schools[0])
    assert open_desk(here.prosecutor).rows == ()


def test_psychological_assessments_and_tests_are_owed_by_who_runs_the_schools(here: Land) -> None:
    report = overdue_report(here.schools[0], days=-1)
    test_clock = wall_button(here.schools[0]).device.button.test_clock
    past = timezone.now() - timedelta(days=40)
    for clock in (report.triage_item.psych_clock, test_clock):
        clock.warn_at = clock.started_at = clock.due_at = past
        clock.save()
    desk = open_desk(here.prosecutor)
    body = Body(AgencyKind.EDUCATION, here.schools[0].district_id)
    assert owed(desk) == {body.code: 2}
    assert [(duty.kind, duty.overdue) for duty in open_body(here.prosecutor, body.code).duties] == [
        (DutyKind.PSYCHOLOGICAL, Overdue.MONTHS),
        (DutyKind.TEST, Overdue.MONTHS),
    ]


def test_a_decision_has_the_number_of_the_council(here: Land) -> None:
    council = table(here.region)
    decision = approved(council, held(council))
    past = timezone.now() - timedelta(days=1)
    clock = decision.clock
    assert clock is not None
    clock.warn_at = clock.started_at = clock.due_at = past
    clock.save()
    body = open_body(here.prosecutor, Body(AgencyKind.POLICE, None).code)
    assert [(duty.number, duty.decision) for duty in body.duties] == [
        (f"{decision.number}/{decision.session.year}", decision.pk)
    ]


def test_a_number_stays_and_says_nothing(here: Land) -> None:
    first, second = overdue_report(here.schools[0]), overdue_report(here.schools[0])
    code = Body(AgencyKind.POLICE, here.schools[0].district_id).code
    once = [duty.number for duty in open_body(here.prosecutor, code).duties]
    again = [duty.number for duty in open_body(here.head(here.police[0]), code).duties]
    assert once == again == sorted(once)
    clocks = [legal_clock(report).pk for report in (first, second)]
    assert set(numbers_of(clocks).values()) == set(once)
    assert MissedNumber.objects.count() == 2


def test_the_officer_finds_it_under_the_same_number(here: Land) -> None:
    overdue_report(here.schools[0])
    code = Body(AgencyKind.POLICE, here.schools[0].district_id).code
    officer = actor(Role.AGENCY_OFFICER, agency=here.police[0])
    before = signed_in(officer).get(reverse("incidents:legal")).content.decode()
    number = open_body(here.prosecutor, code).duties[0].number
    after = signed_in(officer).get(reverse("incidents:legal")).content.decode()
    assert number in after
    assert number not in before


def test_every_look_is_logged(here: Land) -> None:
    open_desk(here.prosecutor)
    open_body(here.prosecutor, Body(AgencyKind.POLICE, here.schools[0].district_id).code)
    looks = AuditEntry.objects.filter(action="read_duties", actor=here.prosecutor.user.pk)
    assert looks.count() == 2


@pytest.mark.parametrize(
    ("hours", "overdue"),
    [
        (0, Overdue.DAYS),
        (24 * 7 - 1, Overdue.DAYS),
        (24 * 7, Overdue.WEEKS),
        (24 * 28 - 1, Overdue.WEEKS),
        (24 * 28, Overdue.MONTHS),
    ],
)
def test_how_long_is_told_in_weeks(hours: int, overdue: Overdue) -> None:
    now = timezone.now()
    assert overdue_for(now - timedelta(hours=hours), now) == overdue


def test_the_queries_do_not_grow_with_what_is_overdue(here: Land, django_assert_num_queries: object) -> None:
    overdue_report(here.schools[0])
    code = Body(AgencyKind.POLICE, here.schools[0].district_id).code
    open_body(here.prosecutor, code)
    for _ in range(4):
        overdue_report(here.schools[0])
        overdue_report(here.schools[1])
    open_body(here.prosecutor, code)
    with django_assert_num_queries(10):  # type: ignore[operator]
        open_body(here.prosecutor, code)


def test_a_head_sees_no_decision_of_another_agency_of_the_same_kind(here: Land) -> None:
    council = table(here.region)
    council.agency.kind = AgencyKind.NGO
    council.agency.save()
    clock = approved(council, held(council)).clock
    assert clock is not None
    clock.warn_at = clock.started_at = clock.due_at = timezone.now() - timedelta(days=1)
    clock.save()
    other = AgencyFactory.create(kind=AgencyKind.NGO, region=here.region, district=None)
    assert sum(owed(open_desk(here.head(council.agency))).values()) == 1
    assert owed(open_desk(here.head(other))) == {}


def test_a_head_above_is_led_to_no_page_that_they_may_not_open(here: Land) -> None:
    council = table(here.region)
    council.agency.district = here.schools[0].district
    council.agency.save()
    decision = approved(council, held(council))
    clock = decision.clock
    assert clock is not None
    clock.warn_at = clock.started_at = clock.due_at = timezone.now() - timedelta(days=1)
    clock.save()
    above = here.head(AgencyFactory.create(kind=council.agency.kind, region=here.region, district=None))
    code = Body(AgencyKind(council.agency.kind), council.agency.district_id).code
    page = f"/council/decisions/{decision.pk}/"
    for who, status in ((here.prosecutor, 200), (here.head(council.agency), 200), (above, 404)):
        assert sum(owed(open_desk(who)).values()) == 1
        listed = signed_in(who).get(reverse("duties:body", args=[code])).content.decode()
        assert (page in listed) is (status == 200)
        assert signed_in(who).get(page).status_code == status


def test_a_number_longer_than_any_id_names_no_body(here: Land) -> None:
    client = signed_in(here.prosecutor)
    for digits in (19, 5000):
        assert client.get(f"/duties/police-{'9' * digits}/").status_code == 404
        assert client.get(f"/api/v1/duties/police-{'9' * digits}/").status_code == 404


def test_whoever_oversees_nothing_has_no_desk(here: Land) -> None:
    with pytest.raises(NoBodyError):
        open_desk(actor(Role.PSYCHOLOGIST, school=here.schools[0]))


def test_a_number_that_cannot_be_drawn_is_no_number(here: Land, monkeypatch: pytest.MonkeyPatch) -> None:
    clocks = [legal_clock(overdue_report(here.schools[0])).pk for _ in range(2)]
    monkeypatch.setattr(numbering, "_drawn", lambda: "AAA-AAA")
    with pytest.raises(IntegrityError):
        numbers_of(clocks)
