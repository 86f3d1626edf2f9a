"""The drill officer's pages, and the response times."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from caseflow.alarms.models import Alarm, Device, Drill
from caseflow.alarms.selectors.drills import coming_drills
from caseflow.alarms.selectors.figures import figures_of, period
from caseflow.alarms.selectors.progress import progress_of
from caseflow.alarms.services import accept, close, enrol_own_phone
from caseflow.alarms.views.panic import KEY
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from tests.alarms.buttons import Wall, wall_button
from tests.alarms.drills import armed, officer_of, planned
from tests.alarms.factories import Territory, pressed, staff_phone, territory
from tests.directory.factories import DistrictFactory, SchoolFactory, actor, signed_in

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 28, 9, tzinfo=UTC)
OCTOBER = datetime(2026, 10, 5, 9, tzinfo=UTC)
PLAN = "alarms:drills"


@pytest.fixture
def here() -> Territory:
    return territory()


@pytest.fixture
def officer(here: Territory) -> Actor:
    return officer_of(here.school)


@pytest.fixture
def wall(here: Territory) -> Wall:
    return wall_button(here.school, name="Вахта")


def moment(days: int) -> str:
    return f"{timezone.localtime() + timedelta(days=days):%Y-%m-%dT%H:%M}"


def test_the_officer_plans_moves_and_cancels(here: Territory, officer: Actor, wall: Wall) -> None:
    client = signed_in(officer)
    empty = client.get(reverse(PLAN)).content.decode()
    assert "No drill is planned" in empty
    assert here.phone.user is not None
    assert f"Staff of the school, {here.phone.user.short_name}" in empty

    assert client.post(reverse(PLAN), {"device": wall.device.pk, "at": moment(-1)}).status_code == 422
    assert client.post(reverse(PLAN), {"device": "x", "at": moment(1)}).status_code == 422
    assert client.post(reverse(PLAN), {"device": wall.device.pk, "at": moment(1)})["Location"] == reverse(PLAN)
    drill = Drill.objects.get()
    assert drill.planned_by == officer.user
    assert "Вахта" in client.get(reverse(PLAN)).content.decode()

    page = reverse("alarms:drill", args=[drill.pk])
    assert client.post(reverse("alarms:move-drill", args=[drill.pk]), {"at": moment(4)})["Location"] == page
    assert client.post(reverse("alarms:move-drill", args=[drill.pk]), {"at": "soon"}).status_code == 422
    refused = client.post(reverse("alarms:move-drill", args=[drill.pk]), {"at": moment(-1)}, follow=True)
    assert "This moment has passed" in refused.content.decode()
    gone = client.post(reverse("alarms:cancel-drill", args=[drill.pk]))
    assert gone["Location"] == reverse(PLAN)
    assert "Cancelled" in client.get(page).content.decode()
    again = client.post(reverse("alarms:cancel-drill", args=[drill.pk]), follow=True)
    assert "The drill is over" in again.content.decode()


def test_on_the_way_the_page_arms_and_follows_the_press(here: Territory, officer: Actor, wall: Wall) -> None:
    client, drill = signed_in(officer), planned(officer, wall.device)
    page = reverse("alarms:drill", args=[drill.pk])
    assert "Arm now, for 10 minutes" in client.get(page).content.decode()
    client.post(reverse("alarms:arm-drill", args=[drill.pk]))
    assert "Armed: press now" in client.get(page).content.decode()
    client.post(reverse("alarms:disarm-drill", args=[drill.pk]))
    assert "Arm now" in client.get(page).content.decode()
    client.post(reverse("alarms:arm-drill", args=[drill.pk]))
    alarm = wall.press()
    assert "Pressed, not accepted" in client.get(page).content.decode()
    accept(here.operator, alarm.pk)
    close(here.operator, alarm.pk)
    assert "Held" in client.get(page).content.decode()
    assert "accepted after 0 s" in client.get(reverse(PLAN)).content.decode()


def test_what_became_real_is_said_so(here: Territory, officer: Actor, wall: Wall) -> None:
    drill = armed(officer, wall.device)
    wall.press()
    wall.press()
    page = signed_in(officer).get(reverse("alarms:drill", args=[drill.pk])).content.decode()
    assert "it is a real alarm" in page


def test_a_busy_button_is_not_armed_and_the_page_says_why(officer: Actor, wall: Wall) -> None:
    drill = planned(officer, wall.device)
    wall.press()
    answer = signed_in(officer).post(reverse("alarms:arm-drill", args=[drill.pk]), follow=True)
    assert "It is real" in answer.content.decode()


def test_planning_what_was_planned_meanwhile_is_said(
    officer: Actor, wall: Wall, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned(officer, wall.device)
    everything = Device.objects.select_related("school", "user", "button")
    for module in ("views.drills", "services.planning"):
        monkeypatch.setattr(f"caseflow.alarms.{module}.drillable", lambda _actor: everything)
    answer = signed_in(officer).post(reverse(PLAN), {"device": wall.device.pk, "at": moment(1)})
    assert (answer.status_code, "planned already" in answer.content.decode()) == (422, True)


def test_the_plan_costs_the_same_for_one_and_for_many(
    here: Territory, officer: Actor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in (1, 6):
        for _ in range(number):
            planned(officer, wall_button(here.school).device)
        with django_assert_num_queries(1):
            coming_drills(officer)


def test_the_presser_s_phone_turns_it_real(here: Territory, officer: Actor) -> None:
    device, key = enrol_own_phone(actor(Role.TEACHER, school=here.school))
    armed(officer, device)
    alarm = accept(here.operator, pressed(device).pk)
    client = signed_in(here.operator)
    client.cookies[KEY] = key
    assert client.get(f"/panic/alarms/{alarm.pk}/").json()["headline"] == "This is a drill"
    assert client.post(f"/panic/alarms/{alarm.pk}/real/").json()["is_drill"] is False
    close_url = f"/panic/alarms/{pressed(here.phone).pk}/real/"
    assert client.post(close_url).status_code == 404


def test_the_headline_of_a_drill_that_is_over(here: Territory, officer: Actor) -> None:
    armed(officer, here.phone)
    alarm = accept(here.operator, pressed(here.phone).pk)
    assert progress_of(close(here.operator, alarm.pk))["headline"] == "The drill is over"


def test_the_console_treats_a_drill_as_real(here: Territory, officer: Actor, wall: Wall) -> None:
    armed(officer, wall.device)
    alarm = wall.press()
    client, step = signed_in(here.operator), reverse("alarms:step", args=[alarm.pk])
    assert "It is real" in client.post(step, {"step": "accept"}).content.decode()
    assert "It is real" not in client.post(step, {"step": "treat_as_real"}).content.decode()
    refused = client.post(
        reverse("api:alarm-step", args=[alarm.pk]), {"step": "treat_as_real"}, content_type="application/json"
    )
    assert refused.status_code == 409


# Response times -----------------------------------------------------------------------------------------------------


def answered(alarm: Alarm, pressed_at: datetime, accepted_s: int, arrived_s: int | None = None) -> None:
    Alarm.objects.filter(pk=alarm.pk).update(
        pressed_at=pressed_at,
        accepted_at=pressed_at + timedelta(seconds=accepted_s),
        arrived_at=pressed_at + timedelta(seconds=arrived_s) if arrived_s else None,
    )


def real(here: Territory, at: datetime, accepted_s: int, arrived_s: int | None = None) -> None:
    answered(accept(here.operator, pressed(staff_phone(here.school)).pk), at, accepted_s, arrived_s)


def drilled(here: Territory, officer: Actor, at: datetime, accepted_s: int) -> None:
    device = wall_button(here.school)
    armed(officer, device.device)
    answered(accept(here.operator, device.press().pk), at, accepted_s)


def test_drills_stand_apart_from_alarms_and_few_alarms_are_not_told(here: Territory, officer: Actor) -> None:
    drilled(here, officer, OCTOBER, 12)
    for number in range(7):
        real(here, OCTOBER, 20 + number, 300)
    row = figures_of(officer, NOW)[0].schools[0]
    assert (row.drills, row.drill_accepted.median_s, row.accepted.median_s) == (1, 12, None)
    real(here, OCTOBER, 27, 300)
    [district] = figures_of(officer, NOW)
    for row in (district.district, district.schools[0]):
        assert (row.accepted.median_s, row.accepted.p90_s) == (24, 27)
        assert (row.arrived.median_s, row.arrived.p90_s) == (300, 300)


def test_only_whole_months_count_and_what_nobody_accepted_does_not(here: Territory, officer: Actor) -> None:
    assert [f"{day}" for day in period(NOW)] == ["2025-11-01", "2026-11-01"]
    for at in (NOW, datetime(2025, 10, 30, tzinfo=UTC)):
        drilled(here, officer, at, 12)
    waiting = wall_button(here.school)
    armed(officer, waiting.device)
    Alarm.objects.filter(pk=waiting.press().pk).update(pressed_at=OCTOBER)
    assert figures_of(officer, NOW)[0].district.drills == 0


def test_a_drill_that_became_real_counts_as_an_alarm(here: Territory, officer: Actor, wall: Wall) -> None:
    armed(officer, wall.device)
    alarm = wall.press()
    wall.press()
    answered(accept(here.operator, alarm.pk), OCTOBER, 10)
    assert figures_of(officer, NOW)[0].district.drills == 0


def test_both_who_may_see_the_times_see_their_districts(here: Territory, officer: Actor) -> None:
    elsewhere = territory()
    other = SchoolFactory.create(district=here.school.district)
    for who in (officer, here.operator):
        page = signed_in(who).get(reverse("alarms:figures")).content.decode()
        assert str(here.school) in page
        assert str(other) in page
        assert str(elsewhere.school) not in page
        assert "fewer than 8" in page


def test_the_times_cost_the_same_for_one_and_for_many(
    here: Territory, officer: Actor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in (1, 5):
        for _ in range(number):
            real(here, OCTOBER, 20)
            SchoolFactory.create(district=here.school.district)
        with django_assert_num_queries(2):
            figures_of(officer, NOW)


def test_an_officer_without_schools_is_told_so() -> None:
    nowhere = actor(Role.DRILL_OFFICER, district=DistrictFactory.create())
    assert "There is no school here" in signed_in(nowhere).get(reverse("alarms:figures")).content.decode()
