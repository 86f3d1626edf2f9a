from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from caseflow.appointments.enums import AppointmentKind, AppointmentState
from caseflow.appointments.models import Appointment
from caseflow.cases.enums import EntryKind, RiskLevel, Visibility
from caseflow.cases.models import Case, ClosingRequest
from caseflow.cases.rules import CaseRefused, PupilHasOpenCase
from caseflow.cases.selectors.chronology import Sources, chronology
from caseflow.cases.selectors.scope import scoped_cases
from caseflow.cases.services import add_system_entry, set_risk
from caseflow.clocks.services import start_clock
from caseflow.directory.actors import Actor
from caseflow.directory.models import Pupil
from caseflow.protocols.models import Flow
from caseflow.referrals.enums import Kind, Move, Side, State
from caseflow.referrals.models import Referral
from caseflow.referrals.selectors.reading import sent_list
from caseflow.referrals.selectors.scope import side_of
from caseflow.referrals.services import act_on, send_referral
from caseflow.referrals.services.reading import open_draft, open_referral
from caseflow.triage.models import TriageItem
from tests.cases.factories import case_of, lead_over, note_in, psychologist, task_for
from tests.directory.factories import PupilFactory, SchoolClassFactory
from tests.referrals.factories import drafted, offered, officer_of, seen, sent
from tests.triage.factories import signal_at

pytestmark = pytest.mark.django_db


def moved(pupil: Pupil, school: Any) -> Pupil:
    """The record of the same pupil at another school; the old one has left."""
    pupil.left_on = timezone.localdate()
    pupil.save()
    return PupilFactory.create(
        school_class=SchoolClassFactory.create(school=school),
        last_name=pupil.last_name,
        first_name=pupil.first_name,
        patronymic=pupil.patronymic,
        birth_date=pupil.birth_date,
    )


def lines_for(who: Actor, case: Case) -> list[str]:
    found = Case.objects.select_related("data_key", "pupil").get(pk=case.pk)
    return [f"{line.kind} {line.text}" for line in chronology(found, who, Sources({}, {})).lines]


def test_a_case_goes_over_with_its_tasks_and_leaves_a_trace() -> None:
    old, new = psychologist(), psychologist()
    case = case_of(old)
    case_of(new)  # no. 1 of the other school
    colleague = psychologist(new.membership.school)
    task = task_for(case, old)
    note_in(case, old, "Для команды", Visibility.TEAM)
    note_in(case, old, "Только мне")
    set_risk(old, case.pk, level=RiskLevel.HIGH, basis="Беседа", formulation="Травля, дома слышат")
    running = sent(old, case, officer_of(case))
    meeting = Appointment.objects.create(
        school=case.school,
        owner=old.user,
        case=case,
        kind=AppointmentKind.PUPIL,
        starts_at=timezone.now() + timedelta(days=1),
        ends_at=timezone.now() + timedelta(days=1, hours=1),
        data_key=case.data_key,
        created_by=old.user,
        created_at=timezone.now(),
        changed_at=timezone.now(),
    )
    referral = offered(old, case, new.membership.school)
    with pytest.raises(CaseRefused, match="not on the roll"):
        act_on(new, referral.pk, Move.ACCEPT)
    assert open_referral(new, referral.pk).rolls == []
    with pytest.raises(Case.DoesNotExist):
        scoped_cases(new).get(pk=case.pk)
    former, pupil = case.pupil, moved(case.pupil, new.membership.school)
    act_on(new, referral.pk, Move.ACCEPT, words="Принято")
    case.refresh_from_db()
    assert (case.school, case.pupil, case.owner, case.number) == (new.membership.school, pupil, new.user, 2)
    task.refresh_from_db()
    assert (task.owner, task.clock.school) == (new.user, new.membership.school)
    meeting.refresh_from_db()
    assert (meeting.state, meeting.called_off_by) == (AppointmentState.CALLED_OFF, "school")
    flow = Flow.objects.get(case=case)
    assert (flow.second, flow.second_role) == (colleague.user, "psychologist")
    assert set(flow.steps.filter(done_at=None).values_list("clock__school", flat=True)) == {case.school_id}
    assert not scoped_cases(old).filter(pk=case.pk).exists()
    assert list(sent_list(old, over=True)) == [referral]
    assert not sent_list(old, over=False).exists()
    trace = open_referral(old, referral.pk)
    assert (trace.referral.state, trace.acts, trace.side) == (State.DONE, (), Side.SENDER)
    assert running in sent_list(new, over=False)
    assert side_of(new, Referral.objects.get(pk=running.pk)) is Side.SENDER
    shown = "\n".join(lines_for(new, case))
    assert "Для команды" in shown
    assert "Только мне" not in shown
    assert "Только мне" in "\n".join(lines_for(lead_over(case.school), case))
    assert former.pk != pupil.pk


def test_mood_signals_stay_where_they_were_found() -> None:
    old, new = psychologist(), psychologist()
    case = case_of(old)
    item = signal_at(case.school, pupil=case.pupil)
    TriageItem.objects.filter(pk=item.pk).update(case=case)
    add_system_entry(case, kind=EntryKind.SIGNAL, code="triage_linked", ref=f"triage:{item.pk}")
    assert any(line.startswith("signal") for line in lines_for(old, case))
    referral = offered(old, case, new.membership.school)
    moved(case.pupil, new.membership.school)
    act_on(new, referral.pk, Move.ACCEPT)
    case.refresh_from_db()
    assert not any(line.startswith("signal") for line in lines_for(new, case))
    assert not any(line.startswith("signal") for line in lines_for(lead_over(case.school), case))


def test_what_travels_is_counted_before() -> None:
    who, new = psychologist(), psychologist()
    case = case_of(who)
    task_for(case, who)
    note_in(case, who, "Моё")
    note_in(case, who, "Общее", Visibility.TEAM)
    draft = drafted(who, case, new.membership.school, Kind.TRANSFER)
    travel = open_draft(who, draft.pk).travel
    assert travel is not None
    assert (travel.notes, travel.closed_notes, travel.tasks) == (1, 1, 1)
    assert (travel.assessments, travel.referrals, travel.appointments) == (0, 0, 0)


def test_it_is_accepted_for_one_pupil_without_an_open_case() -> None:
    old, new = psychologist(), psychologist()
    case = case_of(old)
    referral = offered(old, case, new.membership.school)
    first, second = moved(case.pupil, new.membership.school), moved(case.pupil, new.membership.school)
    with pytest.raises(CaseRefused, match="Several"):
        act_on(new, referral.pk, Move.ACCEPT)
    case_of(new, first)
    with pytest.raises(PupilHasOpenCase):
        act_on(new, referral.pk, Move.ACCEPT, pupil_id=first.pk)
    act_on(new, referral.pk, Move.ACCEPT, pupil_id=second.pk)
    case.refresh_from_db()
    assert case.pupil == second


def test_a_case_is_offered_once_and_not_while_it_waits_to_be_closed() -> None:
    old, new = psychologist(), psychologist()
    case = case_of(old)
    referral = offered(old, case, new.membership.school)
    again = drafted(old, case, new.membership.school, Kind.TRANSFER)
    with pytest.raises(CaseRefused, match="offered to a school already"):
        send_referral(old, again.pk, seen_sha256=seen(again))
    act_on(new, referral.pk, Move.REJECT, words="Не наш ученик")
    assert not scoped_cases(new).filter(pk=case.pk).exists()


def test_a_case_that_waits_to_be_closed_stays() -> None:
    old, new = psychologist(), psychologist()
    case = case_of(old)
    referral = offered(old, case, new.membership.school)
    ClosingRequest.objects.create(
        case=case,
        reason_sealed=b"sealed",
        asked_by=old.user,
        asked_at=timezone.now(),
        owner=lead_over(case.school).user,
        clock=start_clock("closing_decision", case.school),
    )
    moved(case.pupil, new.membership.school)
    with pytest.raises(CaseRefused, match="decides on closing"):
        act_on(new, referral.pk, Move.ACCEPT)
    act_on(old, referral.pk, Move.REVOKE, words="Сначала решат о закрытии")
    with pytest.raises(CaseRefused, match="decides on closing"):
        offered(old, case, new.membership.school)


def test_a_flow_without_anybody_at_the_new_school_has_no_second_person() -> None:
    old, new = psychologist(), psychologist()
    case = case_of(old)
    set_risk(old, case.pk, level=RiskLevel.HIGH, basis="Беседа", formulation="Травля, дома слышат")
    referral = offered(old, case, new.membership.school)
    moved(case.pupil, new.membership.school)
    act_on(new, referral.pk, Move.ACCEPT)
    flow = Flow.objects.get(case=case)
    assert (flow.second, flow.second_role) == (None, "")


def test_the_same_name_in_capitals_is_the_same_pupil() -> None:
    """SQLite folds Latin letters alone; the roll of a school may stand in capitals."""
    old, new = psychologist(), psychologist()
    case = case_of(old)
    referral = offered(old, case, new.membership.school)
    there = moved(case.pupil, new.membership.school)
    namesake = moved(case.pupil, new.membership.school)
    there.last_name, there.first_name = there.last_name.upper(), f" {there.first_name.upper()}"
    there.save()
    namesake.first_name = "Другая"
    namesake.save()
    assert [pupil.pk for pupil in open_referral(new, referral.pk).rolls] == [there.pk]
