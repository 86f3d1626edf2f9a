from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from caseflow.audit.models import AuditEntry
from caseflow.clocks.matters import looks_of, matter_of, may_know
from caseflow.clocks.models import Clock
from caseflow.clocks.services import sweep
from caseflow.directory.enums import Role
from caseflow.directory.models import Pupil, School
from caseflow.postvention.enums import Manner, Occasion, Sayer, Who
from caseflow.postvention.models import LossEvent, LossStep
from caseflow.postvention.rules import LossRefused, next_days, phase_of, wrong_manner
from caseflow.postvention.rules.events import in_year
from caseflow.postvention.selectors.events import loss_lines, loss_page
from caseflow.postvention.selectors.people import doers_of, leads
from caseflow.postvention.selectors.scope import scoped_losses
from caseflow.postvention.services import (
    Loss,
    add_day,
    ask_for_help,
    close_event,
    do_step,
    open_event,
    open_loss,
    open_losses,
    take_help,
    waive_step,
)
from caseflow.postvention.services.step_clocks import targets_of_step
from caseflow.protocols.selectors.protocols import versions_to_begin
from notifications.models import Alert
from tests.cases.factories import lead_over, psychologist, pupil_of
from tests.directory.factories import GuardianFactory, GuardianshipFactory, actor
from tests.postvention.factories import head_of, loss_of, region_lead, step_of

pytestmark = pytest.mark.django_db


def test_an_event_begins_with_the_clocks_of_its_checklist_and_the_days_that_come_back() -> None:
    who = psychologist()
    school = who.membership.school
    assert school is not None
    head, lead = head_of(school), lead_over(school)
    event = loss_of(who)
    steps = list(event.steps.select_related("step", "clock"))
    first = step_of(event, "verify")
    assert first.clock.due_at - event.opened_at == timedelta(hours=1)
    assert (first.clock.code, step_of(event, "room").clock.code) == ("loss_step_urgent", "loss_step")
    assert {step.occasion for step in steps if step.day} == {Occasion.FORTIETH, Occasion.BIRTHDAY, Occasion.ANNIVERSARY}
    told = set(Alert.objects.filter(kind="loss_opened").values_list("recipient", flat=True))
    assert told == {head.user.pk, lead.user.pk}
    alert = Alert.objects.filter(kind="loss_opened").first()
    assert alert is not None
    assert event.pupil is not None
    assert event.pupil.last_name not in str(alert.params)
    assert AuditEntry.objects.filter(action="loss_opened", pupil_id=event.pupil_id).exists()
    assert "after_loss" not in {version.protocol.code for version in versions_to_begin(school)}


def test_who_reaches_an_event_and_what_the_head_does_not_see() -> None:
    who = psychologist()
    school = who.membership.school
    assert school is not None
    event = loss_of(who, manner=Manner.ACCIDENT, said_by=Sayer.FAMILY)
    do_step(who, step_of(event, "verify").pk, proof="Отец сам позвонил")
    head = head_of(school)
    seen, hidden = open_loss(who, event.pk), open_loss(head, event.pk)
    assert seen.manner == "an accident (the family)"
    assert (hidden.manner, hidden.death, hidden.counsels) == ("", None, False)
    proofs = {view.row.pk: view.proof for view in hidden.steps}
    assert proofs[step_of(event, "verify").pk] == ""
    assert [view.proof for view in seen.steps if view.row.done_at] == ["Отец сам позвонил"]
    mine = {view.row.doer.value for view in hidden.steps if view.mine}
    assert mine == {"principal"}
    assert loss_page(lead_over(school), event.pk).counsels
    for stranger in (psychologist(), actor(Role.SOCIAL_PEDAGOGUE, school=school)):
        assert not scoped_losses(stranger).exists()
        with pytest.raises(LossEvent.DoesNotExist):
            open_loss(stranger, event.pk)


def test_a_loss_in_the_own_family_is_kept_from_somebody_of_the_staff() -> None:
    who = psychologist()
    school = who.membership.school
    assert school is not None
    mother = psychologist(school)
    pupil = pupil_of(who)
    GuardianshipFactory.create(pupil=pupil, guardian=GuardianFactory.create(staff_account=mother.user))
    event = loss_of(who, pupil)
    assert list(scoped_losses(who)) == [event]
    assert not scoped_losses(mother).exists()
    assert mother.user.pk not in {user for user, _membership in doers_of(step_of(event, "verify"))}
    clocks = [step.clock for step in event.steps.select_related("clock")]
    assert not any(may_know(mother, clock) for clock in clocks)
    assert all(may_know(who, clock) for clock in clocks)


def test_what_is_opened_wrongly_is_refused_with_a_sentence() -> None:
    who = psychologist()
    pupil = pupil_of(who)
    today = timezone.localdate()
    wrong = (
        ({"died_on": today + timedelta(days=1)}, "The day lies in the future."),
        ({"manner": Manner.ILLNESS}, "the family or an authority says so"),
        ({"said_by": Sayer.FAMILY}, "the family or an authority says so"),
        ({"pupil_id": None}, "Choose the pupil."),
        ({"who": Who.STAFF, "pupil_id": None}, "Write who has died."),
        ({"who": Who.PARENT}, "Write who has died."),
    )
    for facts, sentence in wrong:
        with pytest.raises(LossRefused, match=sentence):
            loss_of(who, pupil, **facts)
    loss_of(who, pupil)
    with pytest.raises(LossRefused, match="open event for this pupil already"):
        loss_of(who, pupil)
    with pytest.raises(Pupil.DoesNotExist):
        loss_of(who, pupil_of(psychologist()), school_id=pupil.school_id)
    loss = Loss(school_id=pupil.school_id, who=Who.STAFF, died_on=today, name="Учитель физики")
    with pytest.raises(School.DoesNotExist):
        open_event(actor(Role.SOCIAL_PEDAGOGUE, school=pupil.school), loss)
    event = open_event(head_of(pupil.school), loss)
    assert open_loss(who, event.pk).name == "Учитель физики"
    with pytest.raises(IntegrityError), transaction.atomic():
        LossEvent.objects.filter(pk=event.pk).update(manner=Manner.ILLNESS)


def test_steps_are_settled_by_who_has_them_and_then_the_event_closes() -> None:
    who = psychologist()
    school = who.membership.school
    assert school is not None
    event, head = loss_of(who), head_of(school)
    with pytest.raises(LossRefused, match="psychologist's"):
        do_step(head, step_of(event, "verify").pk, proof="Сделано")
    with pytest.raises(LossRefused, match="Write what was done"):
        do_step(head, step_of(event, "crisis_team").pk, proof="  ")
    done = do_step(head, step_of(event, "crisis_team").pk, proof="Собрались в 10:00")
    done.clock.refresh_from_db()
    assert done.clock.stopped_at == done.done_at
    with pytest.raises(LossRefused, match="settled already"):
        do_step(who, done.pk, proof="Ещё раз")
    with pytest.raises(LossRefused, match="steps are open"):
        close_event(who, event.pk, reason="Всё")
    for step in event.steps.filter(done_at=None):
        waive_step(who, step.pk, reason="Семья не хочет")
    with pytest.raises(LossRefused, match="Say why"):
        close_event(who, event.pk, reason=" ")
    with pytest.raises(LossEvent.DoesNotExist):
        close_event(head, event.pk, reason="Всё")
    close_event(who, event.pk, reason="Класс держится вместе")
    page = open_loss(who, event.pk)
    assert (page.closing, page.open_steps) == ("Класс держится вместе", 0)
    with pytest.raises(LossRefused, match="closed"):
        do_step(who, done.pk, proof="Ещё")
    with pytest.raises(LossStep.DoesNotExist):
        do_step(psychologist(), done.pk, proof="Чужое")


def test_a_day_is_added_with_its_clock_and_only_ahead() -> None:
    who = psychologist()
    event = loss_of(who)
    day = timezone.localdate() + timedelta(days=60)
    step = add_day(who, event.pk, day=day, label="Последний звонок")
    assert timezone.localtime(step.clock.due_at).date() == day
    views = {view.row.pk: view for view in open_loss(who, event.pk).steps}
    assert (views[step.pk].name, views[step.pk].help, views[step.pk].mine) == ("Последний звонок", "", True)
    with pytest.raises(LossRefused, match="still to come"):
        add_day(who, event.pk, day=timezone.localdate(), label="Сегодня")


def test_one_act_asks_the_district_to_stand_in() -> None:
    who = psychologist()
    school = who.membership.school
    assert school is not None
    event = loss_of(who)
    with pytest.raises(LossRefused, match="Nobody leads"):
        ask_for_help(who, event.pk, reason="")
    lead = lead_over(school)
    assert lead.user.pk not in {user for user, _m in doers_of(step_of(event, "verify"))}
    with pytest.raises(LossRefused, match="Nobody waits"):
        take_help(lead, event.pk)
    ask_for_help(who, event.pk, reason="Это был мой ученик")
    assert list(Alert.objects.filter(kind="loss_help_asked").values_list("recipient", flat=True)) == [lead.user.pk]
    event.refresh_from_db()
    assert lead.user.pk in {user for user, _m in doers_of(step_of(event, "verify"))}
    with pytest.raises(LossRefused, match="asked already"):
        ask_for_help(who, event.pk, reason="")
    with pytest.raises(LossRefused, match="Nobody waits"):
        take_help(who, event.pk)
    page = open_loss(lead, event.pk)
    assert (page.help_reason, page.may_take_help) == ("Это был мой ученик", True)
    take_help(lead, event.pk)
    assert not open_loss(lead, event.pk).may_take_help


def test_a_missed_step_climbs_and_names_nobody_to_strangers() -> None:
    who = psychologist()
    school = who.membership.school
    assert school is not None
    lead, above, head = lead_over(school), region_lead(school), head_of(school)
    event = loss_of(who)
    step = step_of(event, "verify")
    Clock.objects.filter(pk=step.clock_id).update(warn_at=event.opened_at, due_at=event.opened_at)
    Clock.objects.filter(pk=step_of(event, "room").clock_id).update(warn_at=event.opened_at)
    sweep(event.opened_at + timedelta(minutes=1))
    missed = set(Alert.objects.filter(kind="deadline_missed").values_list("recipient", flat=True))
    assert missed == {who.user.pk, lead.user.pk}
    assert set(Alert.objects.filter(kind="deadline_near").values_list("recipient", flat=True)) == {who.user.pk}
    assert list(leads(event)) == [lead.membership]
    region = targets_of_step(step.clock_id, frozenset({"region:lead_psychologist", "school:principal"}))
    assert [told.user_id for told in region] == [above.user.pk]
    head_steps = targets_of_step(step_of(event, "family").clock_id, frozenset({"owner"}))
    lead_steps = targets_of_step(step_of(event, "lessons").clock_id, frozenset({"owner"}))
    assert [told.user_id for told in (*head_steps, *lead_steps)] == [head.user.pk, lead.user.pk]
    matter = matter_of(who, step.clock)
    assert matter is not None
    assert (matter.title, matter.may_change) == ("A step after a loss", False)
    assert matter_of(psychologist(), step.clock) is None
    looks = looks_of(psychologist(), [step.clock_id])
    assert (looks[step.clock_id].who, looks[step.clock_id].url) == ("psychologist of the school", "")
    assert looks_of(who, [step.clock_id])[step.clock_id].url


def test_the_list_has_open_events_first_in_a_constant_number_of_queries(django_assert_num_queries: object) -> None:
    who = psychologist()
    assert open_losses(who) == []
    first = loss_of(who)
    LossEvent.objects.filter(pk=first.pk).update(closed_at=timezone.now(), closed_by=who.user)
    second = loss_of(who)
    with django_assert_num_queries(1):  # type: ignore[operator]
        lines = loss_lines(who)
    assert [line.event for line in lines] == [second, first]
    assert lines[0].open_steps == second.steps.count()
    assert len(open_losses(who)) == 2


def test_days_that_come_back_lie_ahead_and_in_order() -> None:
    died, today = date(2026, 11, 20), date(2026, 11, 29)
    assert next_days(died, date(2012, 3, 5), today) == [
        (Occasion.FORTIETH, date(2026, 12, 29)),
        (Occasion.BIRTHDAY, date(2027, 3, 5)),
        (Occasion.ANNIVERSARY, date(2027, 11, 20)),
    ]
    assert next_days(died, None, date(2027, 11, 20)) == []
    assert next_days(died, date(2012, 12, 5), today)[0] == (Occasion.BIRTHDAY, date(2026, 12, 5))
    begun = timezone.now()
    spans = {hours: phase_of(begun, begun + timedelta(hours=hours)).value for hours in (1, 5, 25, 24 * 30, 24 * 300)}
    assert list(spans.values()) == ["hours", "day", "week", "month", "year"]
    assert in_year(date(2028, 2, 29), 2029) == date(2029, 2, 28)
    assert [wrong_manner("not_said", ""), wrong_manner("illness", "family")] == [False, False]
    assert [wrong_manner("not_said", "family"), wrong_manner("illness", "")] == [True, True]
