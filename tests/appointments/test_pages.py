"""The pages of the calendar, as a browser without scripts has them."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from guardian.shortcuts import assign_perm

from caseflow.appointments.models import Appointment, CalendarFeed
from caseflow.appointments.services import minutes_before, plan_appointment
from caseflow.appointments.services.feeding import read_feed
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from tests.appointments.factories import PURPOSE, at, begun, in_case, monday, plan, planned, room_at, this_year
from tests.cases.factories import case_of, lead_over, psychologist, pupil_of
from tests.directory.factories import GuardianshipFactory, actor, signed_in

pytestmark = pytest.mark.django_db


def page(client: Client, name: str, *args: Any, **query: Any) -> str:
    answer = client.get(reverse(f"appointments:{name}", args=args), query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def form(**facts: Any) -> dict[str, Any]:
    day = (timezone.localdate() + timedelta(days=1)).isoformat()
    return {"day": day, "time": "10:00", "minutes": "45", "kind": "pupil", "purpose": PURPOSE} | facts


def send(client: Client, name: str, *args: Any, **data: Any) -> Any:
    return client.post(reverse(f"appointments:{name}", args=args), data)


def in_a_week(who: Actor) -> Appointment:
    return planned(who, at((monday(1) - timezone.localdate()).days + 2, 10), pupil_of(who), room=room_at(who).pk)


def test_the_calendar_shows_who_comes_and_leads_to_a_new_appointment_at_a_free_time() -> None:
    who = psychologist()
    made = in_a_week(who)
    day = timezone.localdate(made.starts_at)
    content = page(signed_in(who), "calendar", day=day.isoformat())
    assert made.participants.get().person in content
    assert f"{reverse('appointments:new')}?day={day.isoformat()}&amp;time=11:30" in content.replace(
        "&time", "&amp;time"
    )
    assert 'data-key="ArrowLeft"' in content
    assert "c-calphone" in content


def test_for_htmx_the_days_come_alone_and_a_day_has_its_own_address() -> None:
    who = psychologist()
    made = in_a_week(who)
    url = reverse("appointments:calendar")
    query = {"day": timezone.localdate(made.starts_at).isoformat(), "view": "day", "whose": "all"}
    content = signed_in(who).get(url, query, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in content
    assert content.count("<section") == 2
    assert "c-calphone" not in content
    going_back = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "<html" in signed_in(who).get(url, query, headers=going_back).content.decode()


@pytest.mark.parametrize(
    "query", [{"day": "x"}, {"day": "0001-01-01"}, {"day": "9999-12-31"}, {"view": "year", "whose": "everybody"}]
)
def test_an_address_that_makes_no_sense_shows_this_week(query: dict[str, str]) -> None:
    assert "Nothing is planned in these days. Press a free time" in page(signed_in(psychologist()), "calendar", **query)


def test_a_lead_reads_and_is_offered_nothing_to_press() -> None:
    who = psychologist()
    school, case = who.membership.school, case_of(who)
    assert school is not None
    lead = lead_over(school)
    client = signed_in(lead)
    assert "in the cases that were given to you" in page(client, "calendar")
    assign_perm("cases.work_on_case", lead.user, case)
    made = in_case(who, case)
    content = page(client, "detail", made.pk)
    assert PURPOSE in content
    assert "Call off" not in content
    assert reverse("appointments:new") not in page(client, "calendar", day=timezone.localdate(made.starts_at))


def test_what_is_over_is_asked_about_on_the_calendar_and_in_today() -> None:
    who = psychologist()
    made = begun(who, pupil_of(who))
    client = signed_in(who)
    for content in (page(client, "calendar", day=monday(2).isoformat()), page(client, "today")):
        assert "What became of it?" in content
        assert reverse("appointments:detail", args=[made.pk]) in content


def test_today_without_any_says_so() -> None:
    assert "Nothing more is planned today." in page(signed_in(psychologist()), "today")


def test_an_appointment_is_planned_by_the_form() -> None:
    who = psychologist()
    case = case_of(who)
    room, teacher = room_at(who), actor(Role.TEACHER, school=who.membership.school)
    mother = GuardianshipFactory.create(pupil=case.pupil).guardian
    sent = form(
        room=room.pk,
        pupils=[str(case.pupil_id)],
        guardians=[str(mother.pk)],
        members=[str(teacher.user.pk)],
        case=str(case.pk),
    )
    answer = send(signed_in(who), "new", **sent)
    made = Appointment.objects.get()
    assert answer["Location"] == reverse("appointments:detail", args=[made.pk])
    assert (made.starts_at, made.minutes, made.room, made.case, made.people_count) == (at(1, 10), 45, room, case, 3)


def test_a_free_time_of_the_calendar_and_a_case_begin_the_form() -> None:
    who = psychologist()
    case = case_of(who)
    content = page(signed_in(who), "new", day="2027-02-01", time="11:30", case=case.pk)
    assert 'value="2027-02-01"' in content
    assert 'value="11:30"' in content
    assert f'<option value="{case.pk}" selected>' in content
    pupil = pupil_of(who)
    ticked = page(signed_in(who), "new", pupils=pupil.pk)
    assert f'name="pupils" value="{pupil.pk}" checked' in ticked
    assert '<option value="pupil" selected>' in ticked


def test_finding_somebody_and_taking_a_free_time_keep_what_was_typed() -> None:
    who = psychologist()
    pupil = pupil_of(who, last_name="Жұмабаева")
    client = signed_in(who)
    found = send(client, "new", **form(find="1", q="Жұмаб", purpose="Не забыть")).content.decode()
    assert f'name="pupils" value="{pupil.pk}">' in found
    assert "Не забыть" in found
    taken = send(client, "new", **form(take="2027-02-01T11:15", pupils=[str(pupil.pk)])).content.decode()
    assert 'value="2027-02-01"' in taken
    assert 'value="11:15"' in taken
    assert f'value="{pupil.pk}" checked' in taken
    assert 'value="10:00"' in send(client, "new", **form(take="x")).content.decode()
    assert not Appointment.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"minutes": "47"}, "in steps of 5 minutes"),
        ({"day": "1999-01-01"}, "This day lies too far away"),
        ({"day": ""}, "This field is required"),
        ({"pupils": ["7f0d4b1e-0000-4000-8000-000000000000"]}, "is not there any more"),
    ],
)
def test_what_is_wrong_stands_in_the_form(wrong: dict[str, Any], said: str) -> None:
    answer = send(signed_in(psychologist()), "new", **form(**wrong))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert PURPOSE in answer.content.decode()


def test_a_weekly_series_is_planned_and_changed_by_the_form() -> None:
    who, first = psychologist(), monday(1)
    this_year(who, first + timedelta(weeks=2, days=6))
    client = signed_in(who)
    send(client, "new", **form(day=first.isoformat(), every_week="on"))
    made = list(Appointment.objects.order_by("starts_at"))
    assert len(made) > 1
    content = page(client, "change", made[0].pk)
    assert "this one and the following" in content
    sent = form(day=(first + timedelta(days=1)).isoformat(), time="12:00", reach="following")
    assert send(client, "change", made[0].pk, **sent).status_code == 302
    assert {timezone.localtime(each.starts_at).hour for each in Appointment.objects.all()} == {12}


def test_the_form_of_a_change_begins_with_what_is_there_and_says_what_refuses_it() -> None:
    who = psychologist()
    pupil = pupil_of(who)
    made = planned(who, at(1, 10), pupil)
    planned(who, at(1, 12))
    client = signed_in(who)
    content = page(client, "change", made.pk)
    assert PURPOSE in content
    assert f'value="{pupil.pk}" checked' in content
    assert 'value="10:45"' in send(client, "change", made.pk, **form(take="2027-02-01T10:45")).content.decode()
    refused = send(client, "change", made.pk, **form(time="12:00"))
    assert refused.status_code == 422
    assert "You have an appointment then" in refused.content.decode()
    assert send(client, "change", made.pk, **form(minutes="x")).status_code == 422


def test_who_can_be_chosen_is_a_part_of_the_form() -> None:
    who = psychologist()
    case = case_of(who)
    mother = GuardianshipFactory.create(pupil=case.pupil).guardian
    content = page(signed_in(who), "people", pupils=case.pupil_id, q="Никого")
    assert mother.short_name in content
    assert f"no. {case.number}" in content
    assert "Nobody found" in content
    assert "Nobody is chosen yet" in page(signed_in(who), "people", pupils="x", members="x", guardians="1")


def test_the_form_is_told_what_stands_there_and_what_is_free() -> None:
    who = psychologist()
    made = planned(who, at(1, 10))
    day = timezone.localdate(made.starts_at).isoformat()
    client = signed_in(who)
    asked: dict[str, Any] = {"day": day, "time": "10:15", "minutes": "45"}
    assert "You have an appointment then" in page(client, "slots", **asked)
    assert "You have an appointment then" not in page(client, "slots", **asked, but=made.pk)
    assert "Free for all of them" in page(client, "slots", day="x", minutes="x", room="x")


def test_what_became_of_it_is_said_on_its_page() -> None:
    who = psychologist()
    made = begun(who, pupil_of(who), pupil_of(who))
    client = signed_in(who)
    absent = made.participants.first()
    assert absent is not None
    assert send(client, "held", made.pk, absent=[str(absent.pk)], reason="Заболел").status_code == 302
    content = page(client, "detail", made.pk)
    assert "did not come" in content
    assert "Заболел" in content
    refused = send(client, "not-come", made.pk)
    assert refused.status_code == 422
    assert Appointment.objects.get().state == "held"


def test_a_refusal_is_said_beside_its_form() -> None:
    who = psychologist()
    made = planned(who)
    client = signed_in(who)
    too_early = send(client, "not-come", made.pk, absent=["x"])
    assert too_early.status_code == 422
    assert send(client, "off", made.pk, by="nobody").status_code == 422
    assert send(client, "off", made.pk, by="pupil", reason="Каникулы").status_code == 302
    assert "Called off: the pupil" in " ".join(page(client, "detail", made.pk).split())


def test_an_earlier_time_and_a_series_stand_on_the_page() -> None:
    who, first = psychologist(), monday(1)
    this_year(who, first + timedelta(weeks=2, days=6))
    made = plan_appointment(who, plan(at((first - timezone.localdate()).days, 10)), every_week=True)
    client = signed_in(who)
    assert "planned after it" in page(client, "detail", made.pk)
    send(client, "change", made.pk, **form(day=first.isoformat(), time="12:00"))
    assert "Earlier times" in page(client, "detail", made.pk)


def test_a_case_shows_its_appointments() -> None:
    who = psychologist()
    case = case_of(who)
    client = signed_in(who)
    assert "No appointments" in page(client, "of-case", case.pk)
    made = in_case(who, case)
    assert reverse("appointments:detail", args=[made.pk]) in page(client, "of-case", case.pk)
    assert (
        reverse("appointments:of-case", args=[case.pk])
        in client.get(reverse("cases:detail", args=[case.pk])).content.decode()
    )


def test_the_reminder_is_chosen_and_the_address_shown_once() -> None:
    who = psychologist()
    client = signed_in(who)
    assert send(client, "settings", minutes="30").status_code == 302
    assert minutes_before(who.user.pk) == 30
    assert send(client, "settings", minutes="7").status_code == 422
    made = send(client, "make-address").content.decode()
    assert "It is shown only now" in made
    address = next(part for part in made.split() if ".ics" in part)
    secret = address.rpartition("/calendar/")[2].partition(".ics")[0]
    assert read_feed(secret).content.startswith(b"BEGIN:VCALENDAR")
    assert secret not in page(client, "settings")
    assert send(client, "end-address").status_code == 302
    assert not CalendarFeed.objects.exists()
