from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from caseflow.appointments.models import Appointment, Reminder
from caseflow.appointments.services.reminding import sweep_reminders
from caseflow.cases.enums import RiskLevel
from caseflow.cases.rules import CaseRefused
from caseflow.cases.services import assign_case, set_risk
from caseflow.clocks.models import Clock
from caseflow.consent.enums import Purpose
from caseflow.consent.selectors.gate import gate_open
from caseflow.directory.models import Pupil
from caseflow.postvention.enums import Who
from caseflow.postvention.models import DeathRecord, LossEvent
from caseflow.postvention.rules import LossRefused
from caseflow.postvention.services import close_event, confirm_death, open_loss, record_death, undo_death, waive_step
from caseflow.protocols.models import FlowStep
from notifications.models import Alert
from tests.appointments.factories import at, planned
from tests.cases.factories import case_of, lead_over, note_in, psychologist, pupil_of, task_for
from tests.consent.factories import given
from tests.directory.factories import GuardianFactory, GuardianshipFactory
from tests.postvention.factories import head_of, loss_of

pytestmark = pytest.mark.django_db


def test_nothing_follows_until_a_second_person_confirms() -> None:
    who = psychologist()
    event = loss_of(who)
    assert event.pupil is not None
    lead, head = lead_over(event.school), head_of(event.school)
    with pytest.raises(LossRefused, match="Say why"):
        record_death(who, event.pk, words=" ")
    with pytest.raises(LossRefused, match="Nothing of the kind"):
        undo_death(who, event.pk, reason="Ошибка")
    with pytest.raises(LossRefused, match="Nothing waits"):
        confirm_death(lead, event.pk)
    record = record_death(who, event.pk, words="Сообщил отец, справка есть")
    assert set(Alert.objects.filter(kind="death_to_confirm").values_list("recipient", flat=True)) == {lead.user.pk}
    assert Pupil.objects.get(pk=event.pupil.pk).died_on is None
    assert event.pupil in who.pupils()
    with pytest.raises(LossRefused, match="recorded already"):
        record_death(lead, event.pk, words="Ещё раз")
    with pytest.raises(LossRefused, match="Another person confirms"):
        confirm_death(who, event.pk)
    with pytest.raises(LossEvent.DoesNotExist):
        confirm_death(head, event.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        DeathRecord.objects.filter(pk=record.pk).update(confirmed_by=who.user, confirmed_at=timezone.now())
    death = open_loss(lead, event.pk).death
    assert death is not None
    assert (death.words, death.may_confirm) == ("Сообщил отец, справка есть", True)
    confirm_death(lead, event.pk)
    record.refresh_from_db()
    assert record.stands
    assert Pupil.objects.get(pk=event.pupil.pk).died_on == event.died_on
    assert event.pupil not in who.pupils()


def test_everything_by_itself_ends_and_goes_on_again_when_it_was_a_mistake() -> None:
    who = psychologist()
    event = loss_of(who)
    pupil = event.pupil
    assert pupil is not None
    lead = lead_over(event.school)
    guardian = GuardianFactory.create()
    GuardianshipFactory.create(pupil=pupil, guardian=guardian)
    given(pupil, guardian.pk)
    case = case_of(who, pupil)
    task = task_for(case, who)
    set_risk(who, case.pk, level=RiskLevel.HIGH, basis="Беседа", formulation="Травля, дома слышат")
    appointment = planned(who, None, pupil)
    Reminder.objects.update_or_create(pk=appointment.pk, defaults={"due_at": timezone.now()})

    def allowed() -> bool:
        now = timezone.now()
        return gate_open(pupil.pk, Purpose.MOOD_ANALYSIS, frame_at=now, now=now, operator_id=pupil.school_id)

    waiting = Clock.objects.filter(
        pk__in=[task.clock_id, *FlowStep.objects.filter(done_at=None).values_list("clock", flat=True)]
    )
    assert allowed()
    assert waiting.filter(stopped_at=None).count() == waiting.count() > 1
    record_death(who, event.pk, words="Сообщил отец")
    confirm_death(lead, event.pk)
    assert not allowed()
    assert not waiting.filter(stopped_at=None).exists()
    assert sweep_reminders() == 0
    appointment.refresh_from_db()
    assert (appointment.state, appointment.called_off_by) == ("called_off", "school")
    with pytest.raises(CaseRefused, match="kept as it is"):
        note_in(case, who, "Запись")
    assign_case(who, case.pk, lead.user.pk)
    with pytest.raises(LossRefused, match="Say why"):
        undo_death(who, event.pk, reason="")
    undone = undo_death(who, event.pk, reason="Перепутали с тёзкой")
    assert undone.undone_by == who.user
    appointment.refresh_from_db()
    assert (appointment.state, appointment.answered_by) == ("planned", None)
    assert Reminder.objects.get(pk=appointment.pk).told_at is None
    assert allowed()
    assert waiting.filter(stopped_at=None).count() == waiting.count()
    note_in(case, who, "Запись")
    record_death(lead, event.pk, words="Снова")
    undo_death(lead, event.pk, reason="Нет")
    assert Pupil.objects.get(pk=pupil.pk).died_on is None


def test_only_of_a_pupil_and_only_while_the_event_is_open() -> None:
    who = psychologist()
    staff = loss_of(who, who=Who.STAFF, pupil_id=None, name="Учитель")
    with pytest.raises(LossRefused, match="No pupil has died"):
        record_death(who, staff.pk, words="Сообщили")
    event = loss_of(who)
    for step in event.steps.all():
        waive_step(who, step.pk, reason="Нет")
    record = record_death(who, event.pk, words="Сообщили")
    close_event(who, event.pk, reason="Всё")
    undo_death(who, event.pk, reason="Ошиблись")
    record.refresh_from_db()
    assert record.undone_at is not None
    with pytest.raises(LossRefused, match="closed"):
        record_death(who, event.pk, words="Сообщили")


def test_an_appointment_of_others_too_is_still_reminded_of() -> None:
    who = psychologist()
    event = loss_of(who)
    assert event.pupil is not None
    other = case_of(who).pupil
    appointment = planned(who, None, event.pupil, other)
    Reminder.objects.update_or_create(pk=appointment.pk, defaults={"due_at": timezone.now() - timedelta(minutes=1)})
    Pupil.objects.filter(pk=event.pupil.pk).update(died_on=event.died_on)
    assert sweep_reminders() == 1


def test_what_lies_ahead_is_called_off_in_silence_and_planned_again_where_there_is_room() -> None:
    who = psychologist()
    event = loss_of(who)
    pupil = event.pupil
    assert pupil is not None
    lead, mother = lead_over(event.school), GuardianshipFactory.create(pupil=pupil).guardian
    case = case_of(who, pupil)
    over = planned(who, at(-1, 9), pupil)
    with_mother = planned(who, at(3, 9), guardians=(mother.pk,), case=case.pk)
    with_others = planned(who, at(3, 11), pupil, pupil_of(who))
    taken_since = planned(who, at(3, 13), pupil)
    record_death(who, event.pk, words="Сообщил отец")
    told = Alert.objects.count()
    confirm_death(lead, event.pk)
    states = dict(Appointment.objects.values_list("pk", "state"))
    assert states == {
        over.pk: "planned",
        with_mother.pk: "called_off",
        with_others.pk: "planned",
        taken_since.pk: "called_off",
    }
    assert Alert.objects.count() == told
    assert not case.entries.filter(kind="appointment").exists()
    planned(who, at(3, 13), pupil_of(who))
    undo_death(lead, event.pk, reason="Ошибка")
    states = dict(Appointment.objects.values_list("pk", "state"))
    assert (states[with_mother.pk], states[taken_since.pk]) == ("planned", "called_off")
