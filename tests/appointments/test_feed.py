"""The feed tells when somebody is busy and nothing else, by a secret that ends with the right it was made in."""

import logging
from datetime import timedelta
from io import StringIO
from typing import Any, cast

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from icalendar import Calendar

from caseflow.appointments.enums import AppointmentKind, CalledOffBy
from caseflow.appointments.ical import uid_of, written
from caseflow.appointments.models import Appointment, CalendarFeed
from caseflow.appointments.services import call_off, move_appointment
from caseflow.appointments.services.feeding import end_feed, make_feed, read_feed
from caseflow.audit.models import AuditEntry
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.nameless import NamelessLog, is_nameless
from tests.appointments.factories import at, planned, room_at
from tests.cases.factories import psychologist, pupil_of
from tests.directory.factories import SchoolFactory, actor, signed_in

pytestmark = pytest.mark.django_db
KEYS = {"UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "STATUS", "TRANSP", "CLASS", "SUMMARY"}


def asked(token: str, **request: Any) -> HttpResponse:
    answer = Client().get(reverse("appointments:feed", args=[token]), **request)
    return cast("HttpResponse", answer)


def events(content: bytes) -> list[Any]:
    return list(Calendar.from_ical(content.decode()).walk("VEVENT"))


def test_a_calendar_program_learns_when_somebody_is_busy() -> None:
    who = psychologist()
    made = planned(who, at(1, 10), pupil_of(who), room=room_at(who).pk)
    answer = asked(make_feed(who))
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert answer["Cache-Control"] == "no-store"
    (event,) = events(answer.content)
    assert set(event) == KEYS
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (made.starts_at, made.ends_at)
    assert (event["SUMMARY"], event["STATUS"], event["SEQUENCE"]) == ("Busy", "CONFIRMED", 0)
    assert event["UID"] == uid_of(made.pk) != str(made.pk)


def test_a_move_has_the_same_id_and_a_later_number_and_what_is_called_off_is_cancelled() -> None:
    who = psychologist()
    made, other = planned(who, at(1, 10)), planned(who, at(1, 12))
    token = make_feed(who)
    before = {event["UID"] for event in events(read_feed(token).content)}
    move_appointment(who, made.pk, starts_at=at(2, 10))
    call_off(who, other.pk, by=CalledOffBy.PUPIL)
    after = {event["UID"]: event for event in events(read_feed(token).content)}
    assert set(after) == before
    moved, off = after[uid_of(made.pk)], after[uid_of(other.pk)]
    assert (moved["SEQUENCE"], moved["STATUS"], moved["DTSTART"].dt) == (1, "CONFIRMED", at(2, 10))
    assert (off["SEQUENCE"], off["STATUS"], off["TRANSP"]) == (1, "CANCELLED", "TRANSPARENT")


def test_only_the_own_times_at_this_school_from_a_month_ago_to_half_a_year_ahead() -> None:
    who = psychologist()
    colleague = actor(Role.PSYCHOLOGIST, school=who.membership.school)
    elsewhere = Actor(who.user, actor(Role.PSYCHOLOGIST, school=SchoolFactory.create()).membership)
    elsewhere.membership.user = who.user
    elsewhere.membership.save()
    planned(colleague, at(1, 10))
    planned(elsewhere, at(1, 12))
    inside = [planned(who, at(days, 14)).pk for days in (-29, 0, 178)]
    planned(who, at(182, 14))
    old = planned(who, at(-1, 9))
    Appointment.objects.filter(pk=old.pk).update(starts_at=at(-32, 9), ends_at=at(-32, 10))
    found = {event["UID"] for event in events(read_feed(make_feed(who)).content)}
    assert found == {uid_of(pk) for pk in inside}


@hypothesis_settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(
    names=st.lists(st.text("абвгдеқғүұіAa-'’\"\\;,:\n ", min_size=4, max_size=40), min_size=6, max_size=6),
    kind=st.sampled_from(AppointmentKind),
)
def test_no_word_of_anybody_comes_into_the_feed(names: list[str], kind: AppointmentKind) -> None:
    who = psychologist()
    last, first, school_name, room_name, purpose, patronymic = (f"Маркер{name}" for name in names)
    pupil, room = pupil_of(who, last_name=last, first_name=first, patronymic=patronymic), room_at(who)
    room.name = room_name
    room.save()
    made = planned(who, at(1, 10), pupil, room=room.pk, purpose=purpose, kind=kind)
    made.school.name_ru = school_name
    made.school.save()
    content = read_feed(make_feed(who)).content.decode()
    for secret in ("Маркер", who.user.last_name, str(made.pk), str(pupil.pk), str(kind.label), who.user.username):
        assert secret not in content
    (event,) = events(content.encode())
    assert {str(value) for key, value in event.items() if key in ("SUMMARY", "STATUS", "CLASS", "TRANSP")} == {
        "Busy", "CONFIRMED", "PRIVATE", "OPAQUE"
    }  # fmt: skip
    Appointment.objects.all().delete()


def test_the_one_word_is_in_the_language_of_its_person() -> None:
    who = psychologist()
    planned(who)
    word = written(Appointment.objects.all(), "Бос емес")
    assert events(word)[0]["SUMMARY"] == "Бос емес"
    who.user.language = ""
    who.user.save()
    assert len(events(read_feed(make_feed(who)).content)) == 1


def test_the_secret_has_256_bits_and_only_its_digest_is_kept() -> None:
    who = psychologist()
    token = make_feed(who)
    assert len(token) == 43
    feed = CalendarFeed.objects.get()
    assert token not in {str(value) for value in vars(feed).values()}
    assert AuditEntry.objects.get(action="calendar_feed_made").obj == f"membership {who.membership.pk}"
    assert token not in str(AuditEntry.objects.values_list("obj", "detail"))


def test_a_wrong_a_renewed_and_an_ended_address_are_not_there() -> None:
    who = psychologist()
    old = make_feed(who)
    new = make_feed(who)
    assert [asked(token).status_code for token in ("x" * 43, old, new)] == [404, 404, 200]
    assert (end_feed(who), end_feed(who)) == (True, False)
    assert asked(new).status_code == 404
    assert AuditEntry.objects.filter(action="calendar_feed_ended").count() == 1


def test_it_ends_with_the_membership_and_with_the_account() -> None:
    who, other = psychologist(), psychologist()
    token, others = make_feed(who), make_feed(other)
    who.membership.ends_on = timezone.localdate() - timedelta(days=1)
    who.membership.save()
    other.user.is_active = False
    other.user.save()
    assert [asked(each).status_code for each in (token, others)] == [404, 404]


def test_a_program_that_has_it_already_is_told_so() -> None:
    who = psychologist()
    planned(who)
    token = make_feed(who)
    tag = asked(token)["ETag"]
    again = asked(token, HTTP_IF_NONE_MATCH=tag)
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    planned(who, at(1, 15))
    assert asked(token, HTTP_IF_NONE_MATCH=tag).status_code == 200


def test_whoever_asks_too_often_waits_for_the_window_to_end() -> None:
    who = psychologist()
    token = make_feed(who)
    assert [asked(token).status_code for _ in range(31)] == [200] * 30 + [429]
    assert asked(token)["Retry-After"] == "600"
    CalendarFeed.objects.update(asked_since=timezone.now() - timedelta(minutes=11))
    assert asked(token).status_code == 200


def test_the_address_comes_into_no_log_and_nobody_is_known_there() -> None:
    who = psychologist()
    token = make_feed(who)
    end_feed(who)
    out, setting = StringIO(), cast("dict[str, Any]", settings.LOGGING)
    handler = logging.StreamHandler(out)
    handler.setFormatter(logging.Formatter(setting["formatters"]["line"]["format"], style="{"))
    handler.addFilter(NamelessLog())
    logging.getLogger().addHandler(handler)
    try:
        answer = signed_in(who).get(reverse("appointments:feed", args=[token]))
    finally:
        logging.getLogger().removeHandler(handler)
    assert answer.status_code == 404
    assert token not in out.getvalue()
    assert not AuditEntry.objects.filter(action="denied").exists()
    assert is_nameless(reverse("appointments:feed", args=[token]))
    assert not is_nameless(reverse("appointments:calendar"))
