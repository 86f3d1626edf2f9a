"""A duty call rings school, then district, then region, until somebody answers."""

from datetime import timedelta

import pytest
from django.utils import timezone

from caseflow.audit.models import AuditEntry
from caseflow.clocks.enums import Rung
from caseflow.clocks.models import DeadlineRule, DutyCall
from caseflow.clocks.rules import Ring, next_ring
from caseflow.clocks.selectors import rule_in_force
from caseflow.clocks.selectors.duty import open_calls
from caseflow.clocks.services import AlreadyAnsweredError, answer_call, end_calls, ringing, sweep
from caseflow.directory.enums import Role
from notifications.models import Alert
from tests.clocks.factories import URL, Staffed, alerted, called, on_duty, rung, staffed_school
from tests.directory.factories import SchoolFactory, actor

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def there() -> Staffed:
    return staffed_school()


def test_the_waits_are_terms_with_a_source() -> None:
    for code, minutes in (("duty_answer", 5), ("duty_ring_again", 10)):
        rule = rule_in_force(code, timezone.localdate())
        assert (rule.amount, rule.unit, rule.basis) == (minutes, "minutes", "wall")
        assert rule.source.startswith("[P]")


def test_empty_rungs_are_passed_over_and_after_the_last_all_ring_again() -> None:
    assert next_ring(0, None, [0, 1, 2]) == Ring((0,), 0, "duty_answer")
    assert next_ring(0, 0, [0, 2]) == Ring((2,), 2, "duty_ring_again")
    assert next_ring(0, 2, [0, 1, 2]) == Ring((0, 1, 2), 2, "duty_ring_again")
    assert next_ring(1, 2, [0, 1, 2]) == Ring((1, 2), 2, "duty_ring_again")
    assert next_ring(0, None, []) == Ring((), 2, "duty_ring_again")


def test_whoever_is_on_the_roster_is_rung_first(there: Staffed) -> None:
    pedagogue = actor(Role.SOCIAL_PEDAGOGUE, school=there.school)
    on_duty(pedagogue, school=there.school)

    call = called(there.school)

    assert rung(call) == [(1, pedagogue.user.pk)]
    assert (call.rung, call.rings, call.next_ring_at - call.started_at) == (Rung.SCHOOL, 1, 5 * MINUTE)
    told = Alert.objects.get()
    assert (told.recipient_id, told.kind, told.url) == (pedagogue.user.pk, "duty_call", f"/duty/calls/{call.pk}/")
    assert told.params == {"reason": "acute_item", "school": there.school.names}


def test_all_whose_shifts_overlap_are_rung(there: Staffed) -> None:
    on_duty(there.psychologist, school=there.school)
    on_duty(there.duty_person, school=there.school)

    assert set(alerted_by_call(there)) == {there.psychologist.user.pk, there.duty_person.user.pk}


def alerted_by_call(there: Staffed) -> list[int]:
    called(there.school)
    return alerted()


def test_a_shift_that_is_over_or_to_come_and_one_elsewhere_ring_nobody(there: Staffed) -> None:
    now = timezone.now()
    on_duty(there.psychologist, now - timedelta(hours=8), school=there.school)
    on_duty(there.psychologist, now + MINUTE, school=there.school)
    on_duty(there.psychologist, school=SchoolFactory.create())

    assert alerted_by_call(there) == [there.duty_person.user.pk]


def test_somebody_on_the_roster_whose_right_has_ended_is_not_rung(there: Staffed) -> None:
    gone = actor(Role.PSYCHOLOGIST, school=there.school)
    on_duty(gone, school=there.school)
    gone.membership.ends_on = timezone.localdate() - timedelta(days=1)
    gone.membership.save()

    assert alerted_by_call(there) == [there.duty_person.user.pk]


def test_without_roster_and_duty_person_the_psychologists_are_rung(there: Staffed) -> None:
    there.duty_person.user.is_active = False
    there.duty_person.user.save()

    assert alerted_by_call(there) == [there.psychologist.user.pk]


def test_nobody_at_the_school_means_the_next_rung_at_once() -> None:
    school = SchoolFactory.create()
    lead = actor(Role.LEAD_PSYCHOLOGIST, region=school.district.region)

    call = called(school)

    assert alerted() == [lead.user.pk]
    assert call.rung == Rung.REGION


def test_a_lead_on_the_roster_of_the_district_is_rung_alone(there: Staffed) -> None:
    colleague = actor(Role.LEAD_PSYCHOLOGIST, district=there.school.district)
    on_duty(colleague, district=there.school.district)

    call = called(there.school, first=Rung.DISTRICT)

    assert rung(call) == [(1, colleague.user.pk)]


def test_unanswered_it_rings_the_next_rung_after_the_wait_and_then_all_of_them_every_ten_minutes(
    there: Staffed,
) -> None:
    call = called(there.school)
    start = call.started_at

    assert [sweep(start + minutes * MINUTE) for minutes in (4, 5, 5, 9, 10, 19)] == [0, 1, 0, 0, 1, 0]
    first, district, region = (who.user.pk for who in there.ladder)
    assert rung(call) == [(1, first), (2, district), (3, region)]
    assert sweep(start + 20 * MINUTE) == 1
    assert rung(call)[3:] == [(4, first), (4, district), (4, region)]
    assert sweep(start + 29 * MINUTE) == 0
    assert sweep(start + 30 * MINUTE) == 1


def test_the_wait_is_data(there: Staffed) -> None:
    DeadlineRule.objects.create(
        code="duty_answer", amount=2, unit="minutes", basis="wall", source="[P] stricter", effective_from="2026-01-01"
    )

    call = called(there.school)

    assert call.next_ring_at - call.started_at == 2 * MINUTE


def test_after_downtime_each_rung_still_has_its_wait(there: Staffed) -> None:
    call = called(there.school)
    later = call.started_at + timedelta(hours=3)

    assert (sweep(later), sweep(later)) == (1, 0)
    call.refresh_from_db()
    assert (call.rung, call.next_ring_at) == (Rung.DISTRICT, later + 5 * MINUTE)


def test_the_first_to_answer_has_it_and_the_others_see_who(there: Staffed) -> None:
    call = called(there.school)
    sweep(call.started_at + 5 * MINUTE)

    answered = answer_call(there.district_lead, call.pk)

    assert answered.answered_by == there.district_lead.user
    with pytest.raises(AlreadyAnsweredError) as second:
        answer_call(there.duty_person, call.pk)
    assert (second.value.by, second.value.at) == (there.district_lead.user.short_name, answered.answered_at)
    assert sweep(call.started_at + timedelta(hours=5)) == 0
    (seen,) = open_calls(there.duty_person)
    assert seen.answered_by == there.district_lead.user
    acts = AuditEntry.objects.filter(obj=f"duty-call:{call.pk}").order_by("pk").values_list("action", flat=True)
    assert list(acts) == ["duty.called", "duty.rung", "duty.rung", "duty.answered"]


def test_whoever_was_not_rung_neither_sees_nor_answers_it(there: Staffed) -> None:
    call = called(there.school)

    assert not open_calls(there.psychologist).exists()
    for nobody in (there.psychologist, there.region_lead, actor(Role.DUTY_PERSON, school=there.school)):
        with pytest.raises(DutyCall.DoesNotExist):
            answer_call(nobody, call.pk)


def test_who_must_not_learn_of_it_is_passed_over_at_every_rung(there: Staffed) -> None:
    call = called(there.school, not_for=[there.duty_person.user.pk, there.district_lead.user.pk])
    for minutes in (5, 15, 25):
        sweep(call.started_at + minutes * MINUTE)

    told = {user for _number, user in rung(call)}
    assert told == {there.psychologist.user.pk, there.region_lead.user.pk}


def test_what_is_kept_from_somebody_rung_before_is_not_theirs_any_more(there: Staffed) -> None:
    call = called(there.school)
    call.kept_from.add(there.duty_person.user)

    assert not open_calls(there.duty_person).exists()
    with pytest.raises(DutyCall.DoesNotExist):
        answer_call(there.duty_person, call.pk)


def test_a_matter_kept_from_the_school_begins_at_the_district_and_never_comes_down(there: Staffed) -> None:
    call = called(there.school, first=Rung.DISTRICT)
    for minutes in (5, 15, 25):
        sweep(call.started_at + minutes * MINUTE)

    assert {user for _number, user in rung(call)} == {there.district_lead.user.pk, there.region_lead.user.pk}


def test_what_is_dealt_with_falls_silent_without_an_answer(there: Staffed) -> None:
    call, other = called(there.school), called(there.school, url="/today/?item=2")

    assert (end_calls(URL), end_calls(URL)) == (1, 0)
    assert [shown.pk for shown in open_calls(there.duty_person)] == [other.pk]
    with pytest.raises(AlreadyAnsweredError) as late:
        answer_call(there.duty_person, call.pk)
    assert late.value.by == ""


def test_with_nobody_anywhere_it_goes_on_looking_for_somebody(caplog: pytest.LogCaptureFixture) -> None:
    school = SchoolFactory.create()
    call = called(school)
    assert "nobody is on duty" in caplog.text
    newcomer = actor(Role.DUTY_PERSON, school=school)

    assert sweep(call.started_at + 10 * MINUTE) == 1
    assert alerted() == [newcomer.user.pk]


def test_a_call_that_fails_to_ring_rings_with_the_next_sweep(there: Staffed, monkeypatch: pytest.MonkeyPatch) -> None:
    call = called(there.school)
    with monkeypatch.context() as patch:
        patch.setattr(ringing, "alert", lambda **_alert: 1 / 0)
        assert sweep(call.started_at + 5 * MINUTE) == 0
    assert len(rung(call)) == 1

    assert sweep(call.started_at + 5 * MINUTE) == 1
    assert rung(call)[1:] == [(2, there.district_lead.user.pk)]


def test_an_address_elsewhere_is_refused(there: Staffed) -> None:
    with pytest.raises(ValueError, match="https"):
        called(there.school, url="https://example.org/")
    assert not DutyCall.objects.exists()


def test_whoever_cannot_open_it_is_rung_no_more_but_district_and_region_are(there: Staffed) -> None:
    call, now = called(there.school, url="/today/?item=1"), timezone.now()
    helped = answer_call(there.duty_person, call.pk)
    assert (helped.helped_by, helped.is_ringing) == (there.duty_person.user, True)
    with pytest.raises(AlreadyAnsweredError) as first:
        answer_call(there.duty_person, call.pk)
    assert (first.value.by, first.value.at) == (there.duty_person.user.short_name, helped.helped_at)

    for hours in (1, 2, 3):
        ringing.ring_due_calls(now + timedelta(hours=hours))

    rung_later = {user for number, user in rung(call) if number > 1}
    assert there.duty_person.user.pk not in rung_later
    assert rung_later >= {there.district_lead.user.pk, there.region_lead.user.pk}
    taken = answer_call(there.district_lead, call.pk)
    assert (taken.answered_by, taken.is_ringing) == (there.district_lead.user, False)
    assert AuditEntry.objects.filter(action="duty.helped").count() == 1
