"""The pages of the operator, the duty person and those who enrol phones."""

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from caseflow.alarms.models import Alarm, AlarmMessage, Device, SchoolCode
from caseflow.alarms.selectors.board import board_of
from caseflow.alarms.services import accept, classify, close, enrol_own_phone, renew_code
from caseflow.directory.enums import Role
from tests.alarms.factories import Territory, operator, pressed, staff_phone, territory
from tests.directory.factories import AgencyFactory, RoomFactory, actor, signed_in

if TYPE_CHECKING:
    from caseflow.directory.actors import Actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Territory:
    return territory()


@pytest.fixture
def alarm(here: Territory) -> Alarm:
    return pressed(here.phone, spot="gym", anonymous=False)


def test_waiting_alarms_stand_on_top_and_closed_ones_below(here: Territory) -> None:
    taken, waiting, over = (pressed(staff_phone(here.school)) for _ in range(3))
    for one in (taken, over):
        accept(here.operator, one.pk)
    classify(here.operator, over.pk, "mistake")
    close(here.operator, over.pk)

    board = board_of(here.operator)
    assert [one.pk for one in board.open] == [waiting.pk, taken.pk]
    assert [one.pk for one in board.closed] == [over.pk]
    assert (board.centre, board.waiting, board.undelivered) == (here.own, 1, (waiting.pk,))
    page = signed_in(here.operator).get(reverse("alarms:console")).content.decode()
    assert "1 not accepted" in page
    assert "Pressed by mistake" in page


def test_the_board_costs_the_same_for_one_and_for_many(
    here: Territory, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in (1, 8):
        for _ in range(number):
            pressed(staff_phone(here.school))
        with django_assert_num_queries(4):
            board_of(here.operator)


def test_an_agency_that_is_no_centre_is_told_so(here: Territory) -> None:
    agency = AgencyFactory.create(region=here.school.district.region)
    page = signed_in(actor(Role.POLICE_OPERATOR, agency=agency)).get(reverse("alarms:console")).content.decode()
    assert "Your agency does not answer alarms" in page


def test_each_step_answers_with_the_alarm_and_refreshes_the_list(here: Territory, alarm: Alarm) -> None:
    client, url = signed_in(here.operator), reverse("alarms:step", args=[alarm.pk])
    for sent in (
        {"step": "accept"},
        {"step": "dispatch", "patrol": "12"},
        {"step": "arrive"},
        {"step": "classify", "finding": "fight"},
        {"step": "close"},
    ):
        answer = client.post(url, sent)
        assert (answer.status_code, answer["HX-Trigger"]) == (200, "alarms:changed")
    alarm.refresh_from_db()
    assert (alarm.state, alarm.patrol, alarm.finding) == ("closed", "12", "fight")


def test_what_cannot_be_done_now_is_said_above_the_alarm(here: Territory, alarm: Alarm) -> None:
    client, url = signed_in(here.operator), reverse("alarms:step", args=[alarm.pk])
    early, unknown = client.post(url, {"step": "close"}), client.post(url, {"step": "fly"})

    assert (early.status_code, "Accept the alarm first" in early.content.decode()) == (409, True)
    assert (unknown.status_code, "No such step" in unknown.content.decode()) == (422, True)
    second = signed_in(operator(here.own))
    client.post(url, {"step": "accept"})
    late = second.post(url, {"step": "accept"})
    assert (late.status_code, here.operator.user.last_name in late.content.decode()) == (409, True)
    assert second.post(url, {"step": "take_over"}).status_code == 200


def test_lines_of_the_console(here: Territory, alarm: Alarm) -> None:
    client, url = signed_in(here.operator), reverse("alarms:say", args=[alarm.pk])

    assert "Закройте двери" in client.post(url, {"text": "Закройте двери"}).content.decode()
    assert client.post(url, {"text": ""}).status_code == 422
    accept(here.operator, alarm.pk)
    classify(here.operator, alarm.pk, "mistake")
    close(here.operator, alarm.pk)
    assert client.post(url, {"text": "Ещё"}).status_code == 409
    assert AlarmMessage.objects.count() == 1


def test_what_stands_on_the_screen_is_told_and_nonsense_passed_over(here: Territory, alarm: Alarm) -> None:
    client = signed_in(here.operator)
    sent = {"alarm": [str(alarm.pk), "nonsense", str(uuid4())]}

    assert client.post(reverse("alarms:delivered"), sent).status_code == 204
    alarm.refresh_from_db()
    assert alarm.delivered_at is not None
    assert "data-undelivered" not in client.get(reverse("alarms:list")).content.decode()


def test_the_duty_person_follows_and_writes(here: Territory, alarm: Alarm) -> None:
    client = signed_in(actor(Role.DUTY_PERSON, school=here.school))
    page = reverse("alarms:school-alarm", args=[alarm.pk])
    assert page in client.get(reverse("alarms:school")).content.decode()

    assert client.post(page, {"text": "Дети в кабинетах"}).status_code == 302
    shown = client.get(page).content.decode()
    assert "Дети в кабинетах" in shown
    assert here.phone.user is not None
    assert here.phone.user.last_name not in shown
    assert client.post(page, {"text": ""}).status_code == 422
    accept(here.operator, alarm.pk)
    classify(here.operator, alarm.pk, "unwell")
    close(here.operator, alarm.pk)
    assert "The alarm is closed" in client.post(page, {"text": "Ещё"}).content.decode()


def test_somebody_on_the_staff_enrols_and_ends_the_own_phone(here: Territory) -> None:
    teacher = actor(Role.TEACHER, school=here.school)
    client = signed_in(teacher)
    assert client.get(reverse("alarms:own-phone")).status_code == 200
    client.post(reverse("alarms:own-phone"))
    device = Device.objects.get(user=teacher.user)
    assert str(device.pk) in client.get(reverse("alarms:own-phone")).content.decode()

    answer = client.post(reverse("alarms:end-phone", args=[device.pk]))
    assert answer["Location"] == reverse("alarms:own-phone")
    device.refresh_from_db()
    assert device.ended_at is not None


def test_the_administrator_makes_a_code_and_ends_any_phone(here: Territory) -> None:
    admin: Actor = actor(Role.SCHOOL_ADMIN, school=here.school)
    client, page = signed_in(admin), reverse("alarms:phones")
    assert "There is no code yet" in client.get(page).content.decode()
    client.post(reverse("alarms:new-code"))
    assert "<svg" in client.get(page).content.decode()
    first = SchoolCode.objects.get()
    client.post(reverse("alarms:new-code"), {"end_phones": "yes"})
    first.refresh_from_db()
    assert (first.revoked_by, SchoolCode.objects.filter(revoked_at=None).count()) == (admin.user, 1)

    assert client.post(reverse("alarms:end-phone", args=[here.phone.pk]))["Location"] == page
    here.phone.refresh_from_db()
    assert here.phone.ended_at is not None


def test_the_panic_page_offers_rooms_by_floor_and_says_where_nobody_answers(here: Territory) -> None:
    RoomFactory.create(school=here.school, name="214")
    RoomFactory.create(school=here.school, name="Библиотека")
    _device, key = enrol_own_phone(actor(Role.TEACHER, school=here.school))
    client = signed_in(here.operator)
    client.cookies["alarm_key"] = key

    page = client.get("/panic/").content.decode()
    assert 'data-floor="2"' in page
    assert "Библиотека" in page
    assert "No police centre answers" not in page
    here.own.delete()
    here.neighbour.delete()
    here.region.delete()
    assert "No police centre answers" in client.get("/panic/").content.decode()


def test_names_of_rows(here: Territory, alarm: Alarm) -> None:
    code = renew_code(actor(Role.SCHOOL_ADMIN, school=here.school), end_phones=False)
    call, step, press = alarm.calls.get(), alarm.steps.get(), alarm.presses.get()
    assert str(here.own) == str(here.own.agency)
    assert [str(alarm.pk) in str(row) for row in (call, step)] == [True, True]
    assert str(here.phone.pk) in str(press)
    assert str(here.phone).startswith("staff")
    assert str(code).startswith(str(here.school.pk))
