"""What a report of suspected bullying starts, what stops it, and who hears when it is missed."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from caseflow.audit.models import AuditEntry
from caseflow.clocks.enums import Basis
from caseflow.clocks.models import Clock
from caseflow.clocks.selectors import calendar_of
from caseflow.clocks.services import sweep
from caseflow.consent.services import exclude_guardian
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Guardian, Pupil, School
from caseflow.incidents.enums import Category
from caseflow.incidents.models import CouncilHeld, Incident, ParentTold
from caseflow.incidents.rules.duties import DUTIES
from caseflow.incidents.services import (
    BadReportError,
    establish,
    merge_reports,
    note_council,
    note_parent_told,
    split_report,
)
from caseflow.incidents.services.duties import begin_duties
from caseflow.triage.services import decide, undo
from notifications.models import Alert
from tests.api.asking import post
from tests.directory.factories import GuardianFactory, GuardianshipFactory, SchoolFactory, actor, signed_in
from tests.incidents.bullying_factories import act
from tests.incidents.factories import harmed, reported, teacher_at
from tests.triage.factories import make_parent, pupil_at

OUTCOME = "Разобрали оба случая, назначены встречи с классом"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def school(db: None) -> School:
    return SchoolFactory.create()


@pytest.fixture
def psychologist(school: School) -> Actor:
    return actor(Role.PSYCHOLOGIST, school=school)


@pytest.fixture
def pair(school: School) -> tuple[Pupil, Pupil]:
    return pupil_at(school, last_name="Обидчиков"), pupil_at(school, last_name="Тихонова")


@pytest.fixture
def incident(school: School, psychologist: Actor, pair: tuple[Pupil, Pupil]) -> Incident:
    return act(teacher_at(school), pair)


def guardian_of(pupil: Pupil) -> Guardian:
    guardian: Guardian = GuardianFactory.create()
    GuardianshipFactory.create(pupil=pupil, guardian=guardian)
    return guardian


def running(incident: Incident) -> set[str]:
    """Which of its duties run."""
    held = Incident.objects.filter(pk=incident.pk).values_list(*DUTIES)[0]
    return set(Clock.objects.filter(pk__in=[pk for pk in held if pk], stopped_at=None).values_list("code", flat=True))


def tell(who: Actor, incident: Incident, pupil: Pupil, guardian: Guardian | None = None) -> ParentTold:
    at = timezone.now()
    return note_parent_told(
        who, incident.pk, pupil_id=pupil.pk, guardian_id=guardian.pk if guardian else None, told_at=at
    )


@pytest.mark.parametrize("category", [Category.BULLYING, Category.CYBERBULLYING])
def test_suspected_bullying_starts_three_clocks(school: School, pair: tuple[Pupil, Pupil], category: Category) -> None:
    assert running(act(teacher_at(school), pair, category)) == set(DUTIES.values())


def test_another_category_starts_none_of_them(school: School, pair: tuple[Pupil, Pupil]) -> None:
    assert running(act(teacher_at(school), pair, Category.CONFLICT)) == set()


def test_where_nobody_is_named_or_all_are_adults_there_is_no_parent_to_tell(school: School) -> None:
    adult = pupil_at(school, birth_date=date(2000, 1, 1))
    for parties in ((), (harmed(adult),)):
        incident = reported(teacher_at(school), *parties, category=Category.BULLYING)
        assert running(incident) == {"bullying_registered", "bullying_council"}


@pytest.mark.parametrize(
    "start", ["2026-09-01T08:30", "2026-09-04T23:50", "2026-12-14T12:00", "2026-12-30T17:59", "2027-03-19T09:00"]
)
def test_the_terms_are_the_same_day_a_day_and_ten_working_days(incident: Incident, start: str) -> None:
    at = timezone.make_aware(datetime.fromisoformat(start))
    begin_duties(incident, at)
    calendar, day = calendar_of(incident.school, Basis.WORKING, at), timezone.localdate(at)
    left = 9 if calendar.counts(day) and timezone.localtime(at).time() <= calendar.opens_at else 10
    while left:  # the reference: one day after the other
        day += timedelta(days=1)
        left -= calendar.counts(day)

    clocks = [getattr(incident, name) for name in DUTIES]
    registered, parents, council = (timezone.localtime(clock.due_at) for clock in clocks)
    assert (registered - timedelta(seconds=1)).date() == timezone.localdate(at)
    assert parents == at + timedelta(days=1)
    assert council.date() == day


def test_the_first_decision_registers_it_and_undoing_lets_the_clock_run(
    psychologist: Actor, incident: Incident
) -> None:
    decide(psychologist, item_id=incident.triage_item_id, decision="open_case")
    assert running(incident) == {"bullying_parents_told", "bullying_council"}

    undo(psychologist, incident.triage_item_id)
    assert running(incident) == set(DUTIES.values())


def test_a_dismissed_report_asks_for_nothing_more(psychologist: Actor, incident: Incident) -> None:
    decide(
        psychologist,
        item_id=incident.triage_item_id,
        decision="dismiss",
        reason_code="not_confirmed",
        reason="Играли вдвоём",
    )
    assert running(incident) == set()

    undo(psychologist, incident.triage_item_id)
    assert running(incident) == set(DUTIES.values())


def test_parents_are_told_once_one_of_each_pupil_knows(
    psychologist: Actor, incident: Incident, pair: tuple[Pupil, Pupil]
) -> None:
    mother = guardian_of(pair[1])
    told = tell(psychologist, incident, pair[1], mother)
    assert (told.guardian, told.told_by, "bullying_parents_told" in running(incident)) == (
        mother,
        psychologist.user,
        True,
    )

    tell(psychologist, incident, pair[0])

    assert "bullying_parents_told" not in running(incident)
    logged = AuditEntry.objects.filter(action="incident.parent_told").order_by("pk")
    assert [entry.pupil_id for entry in logged] == [pair[1].pk, pair[0].pk]


def test_whoever_was_found_not_to_have_harmed_has_nobody_to_be_told(
    psychologist: Actor, incident: Incident, pair: tuple[Pupil, Pupil]
) -> None:
    tell(psychologist, incident, pair[1])
    party = incident.parties.get(pupil=pair[0])

    establish(psychologist, incident.pk, party.pk, established=False)

    assert "bullying_parents_told" not in running(incident)


def test_nobody_is_told_who_does_not_stand_for_the_pupil(
    psychologist: Actor, incident: Incident, pair: tuple[Pupil, Pupil]
) -> None:
    father = guardian_of(pair[1])
    exclude_guardian(psychologist, pupil_id=pair[1].pk, guardian_id=father.pk, reason="Подозрение на насилие дома")
    for guardian in (father, guardian_of(pair[0])):
        with pytest.raises(BadReportError, match="who was told"):
            tell(psychologist, incident, pair[1], guardian)
    with pytest.raises(BadReportError, match="whose parent"):
        tell(psychologist, incident, pupil_at(incident.school))
    assert f"{pair[1].pk}:{father.pk}" not in page(psychologist, incident)


def test_parents_are_told_between_the_incident_and_now(
    psychologist: Actor, incident: Incident, pair: tuple[Pupil, Pupil]
) -> None:
    assert incident.occurred_at
    for moment in (incident.occurred_at - MINUTE, timezone.now() + MINUTE):
        with pytest.raises(BadReportError, match="between the incident and now"):
            note_parent_told(psychologist, incident.pk, pupil_id=pair[1].pk, guardian_id=None, told_at=moment)


def test_the_council_stops_its_clock_and_what_it_came_to_is_sealed(psychologist: Actor, incident: Incident) -> None:
    today = timezone.localdate()
    for day in (today - timedelta(days=1), today + timedelta(days=1)):
        with pytest.raises(BadReportError, match="between the report and today"):
            note_council(psychologist, incident.pk, held_on=day, outcome=OUTCOME)
    with pytest.raises(BadReportError, match="came to"):
        note_council(psychologist, incident.pk, held_on=today, outcome="Да")

    council = note_council(psychologist, incident.pk, held_on=today, outcome=OUTCOME)

    assert "bullying_council" not in running(incident)
    assert OUTCOME.encode() not in bytes(council.outcome_sealed)
    assert OUTCOME in page(psychologist, incident)
    assert AuditEntry.objects.filter(action="incident.council_held").count() == 1


def test_neither_is_noted_where_bullying_is_not_suspected_or_on_a_merged_report(
    school: School, psychologist: Actor, incident: Incident, pair: tuple[Pupil, Pupil]
) -> None:
    other, second = act(teacher_at(school), pair, Category.CONFLICT), act(teacher_at(school), pair)
    merge_reports(psychologist, second.pk, incident.pk)
    for one, said in ((other, "where bullying is suspected"), (second, "merged into another")):
        with pytest.raises(BadReportError, match=said):
            tell(psychologist, one, pair[1])


def test_two_reports_of_one_event_have_the_duties_once_and_part_again(
    school: School, psychologist: Actor, incident: Incident, pair: tuple[Pupil, Pupil]
) -> None:
    quarrel = act(teacher_at(school), pair, Category.CONFLICT)

    merge_reports(psychologist, incident.pk, quarrel.pk)
    assert (running(incident), running(quarrel)) == (set(), set(DUTIES.values()))
    note_council(psychologist, quarrel.pk, held_on=timezone.localdate(), outcome=OUTCOME)

    split_report(psychologist, incident.pk)
    assert (running(incident), running(quarrel)) == (set(DUTIES.values()), set())


def test_a_missed_duty_climbs_from_the_psychologist_to_both_leads_but_to_no_parent(
    school: School, psychologist: Actor, incident: Incident
) -> None:
    mother = actor(Role.PSYCHOLOGIST, school=school)
    make_parent(mother, incident.parties.get(role="harmed").pupil)  # type: ignore[arg-type]
    district = actor(Role.LEAD_PSYCHOLOGIST, district=school.district)
    region = actor(Role.LEAD_PSYCHOLOGIST, region=school.district.region)
    due = Clock.objects.get(code="bullying_council").due_at

    sweep(due + MINUTE)
    assert told_of("bullying_council") == [psychologist.user.pk]
    sweep(due + timedelta(days=14))
    assert set(told_of("bullying_council")[1:]) == {district.user.pk, region.user.pk}


def test_they_are_warned_before(psychologist: Actor, incident: Incident) -> None:
    sweep(Clock.objects.get(code="bullying_parents_told").warn_at + MINUTE)
    near = Alert.objects.filter(kind="deadline_near", recipient=psychologist.user)
    assert "bullying_parents_told" in {alert.params["clock"] for alert in near}


def test_both_are_noted_on_the_page_and_in_the_api(
    psychologist: Actor, incident: Incident, pair: tuple[Pupil, Pupil]
) -> None:
    mother, client, now = guardian_of(pair[1]), signed_in(psychologist), timezone.localtime()
    shown = page(psychologist, incident)
    assert f"{mother.short_name} (Тихонова" in shown
    assert "Nobody has been told yet" in shown
    sent = {"who": f"{pair[1].pk}:{mother.pk}", "told_at": f"{now:%Y-%m-%dT%H:%M}"}
    assert client.post(reverse("incidents:parents-told", args=[incident.pk]), sent).status_code == 302
    sent = {"held_on": f"{now:%Y-%m-%d}", "outcome": OUTCOME}
    assert client.post(reverse("incidents:council", args=[incident.pk]), sent).status_code == 302
    assert (ParentTold.objects.get().guardian, CouncilHeld.objects.get().held_on) == (mother, now.date())

    body = {"pupil": str(pair[0].pk), "told_at": timezone.now().isoformat()}
    assert post(psychologist, "incident-parents-told", incident.pk, **body).status_code == 204
    body = {"held_on": str(now.date()), "outcome": OUTCOME}
    assert post(psychologist, "incident-council", incident.pk, **body).status_code == 204
    assert running(incident) == {"bullying_registered"}


@pytest.mark.parametrize(
    ("name", "sent", "says"),
    [
        ("parents-told", {"who": "x:y", "told_at": "2026-09-01T10:00"}, "Choose who was told"),
        ("parents-told", {"who": f"{uuid4()}:", "told_at": "2026-09-01T10:00"}, "Choose whose parent"),
        ("council", {"held_on": "", "outcome": OUTCOME}, OUTCOME),
        ("council", {"held_on": "2020-01-01", "outcome": OUTCOME}, "between the report and today"),
    ],
)
def test_what_cannot_be_noted_comes_back_as_it_was_typed(
    psychologist: Actor, incident: Incident, name: str, sent: dict[str, str], says: str
) -> None:
    answer = signed_in(psychologist).post(reverse(f"incidents:{name}", args=[incident.pk]), sent)
    assert answer.status_code == 422
    assert says in answer.content.decode()


def page(who: Actor, incident: Incident) -> str:
    return signed_in(who).get(reverse("incidents:detail", args=[incident.pk])).content.decode()


def told_of(code: str) -> list[int]:
    found = Alert.objects.filter(kind="deadline_missed").order_by("pk")
    return [one.recipient_id for one in found if one.params["clock"] == code]
