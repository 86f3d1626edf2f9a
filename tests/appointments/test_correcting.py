"""A wrong answer waits anew; nothing of the old one is lost."""

import pytest
from django.urls import reverse

from caseflow.appointments.enums import AppointmentState, CalledOffBy
from caseflow.appointments.models import Appointment
from caseflow.appointments.rules import AppointmentRefused
from caseflow.appointments.services import call_off, correct_answer, record_held, record_not_come
from caseflow.audit.models import AuditEntry
from caseflow.records.vault import unseal, where
from tests.appointments.factories import at, begun, in_case
from tests.cases.factories import case_of, lead_over, psychologist, pupil_of
from tests.directory.factories import signed_in

pytestmark = pytest.mark.django_db


def test_a_wrong_answer_is_taken_back_for_a_reason_and_both_stand_in_the_case() -> None:
    who = psychologist()
    case = case_of(who)
    made = in_case(who, case, at(-1, 10))
    with pytest.raises(AppointmentRefused, match="can be taken back"):
        correct_answer(who, made.pk, reason="Рано")
    record_held(who, made.pk)
    with pytest.raises(AppointmentRefused, match="Say what was wrong"):
        correct_answer(who, made.pk, reason=" ")
    with pytest.raises(Appointment.DoesNotExist):
        correct_answer(lead_over(case.school), made.pk, reason="Ошибка")
    back = correct_answer(who, made.pk, reason="Не та строка")
    assert (back.state, back.answered_at, back.answered_by) == (AppointmentState.PLANNED, None, None)
    assert made.participants.get().came is None
    record_not_come(who, made.pk, reason="Болел")
    entries = list(case.entries.filter(kind="appointment").order_by("recorded_at"))
    assert [entry.code for entry in entries] == [
        "appointment_held",
        "appointment_corrected",
        "appointment_not_come",
    ]
    place = where("cases.ChronologyEntry", entries[1].pk, "text")
    assert unseal(case.data_key, entries[1].text_sealed, place) == "Не та строка"
    log = AuditEntry.objects.filter(action="appointment_corrected").values_list("detail", flat=True)
    assert list(log) == [{"before": "held"}]


def test_without_a_case_it_is_taken_back_too_and_what_was_called_off_stays_so() -> None:
    who = psychologist()
    made = begun(who, pupil_of(who))
    record_not_come(who, made.pk)
    assert correct_answer(who, made.pk, reason="Пришёл позже").is_planned
    call_off(who, made.pk, by=CalledOffBy.SCHOOL)
    with pytest.raises(AppointmentRefused, match="can be taken back"):
        correct_answer(who, made.pk, reason="Передумали")


def test_it_is_said_on_the_page_and_a_missing_reason_as_well() -> None:
    who = psychologist()
    made = in_case(who, case_of(who), at(-1, 10))
    record_held(who, made.pk)
    client, url = signed_in(who), reverse("appointments:correct", args=[made.pk])
    assert "Was that wrong?" in client.get(reverse("appointments:detail", args=[made.pk])).content.decode()
    refused = client.post(url, {"reason": ""})
    assert refused.status_code == 422
    assert "Say what was wrong." in refused.content.decode()
    assert client.post(url, {"reason": "Не та строка"}).status_code == 302
    shown = client.get(reverse("appointments:detail", args=[made.pk])).content.decode()
    assert "What became of it?" in shown
    assert "Was that wrong?" not in shown
