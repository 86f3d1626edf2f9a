"""Nothing overdue stays unseen: whatever the code, whoever has it, it stands on the lead's page."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from caseflow.clocks.models import Clock, DeadlineRule, Escalation
from caseflow.clocks.selectors.overdue import CLIMBING, EXHAUSTED, NOBODY, overdue_clocks, rows_of
from caseflow.clocks.services import start_clock, stop_clock, sweep
from caseflow.clocks.texts import overdue_in_words
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import School
from tests.cases.factories import case_of, psychologist, task_for
from tests.clocks.factories import unheard
from tests.directory.factories import GuardianFactory, GuardianshipFactory, SchoolFactory, actor, signed_in
from tests.incidents.factories import harmed, reported
from tests.triage.factories import item_at, pupil_at

pytestmark = pytest.mark.django_db
PAGE = reverse("clocks:overdue")
LONG_AGO = timedelta(days=60)
HOUR = timedelta(hours=1)


@pytest.fixture
def school(db: None) -> School:
    return SchoolFactory.create()


@pytest.fixture
def lead(school: School) -> Actor:
    return actor(Role.LEAD_PSYCHOLOGIST, district=school.district)


def missed(code: str, school: School, **facts: Any) -> Clock:
    clock = start_clock(code, school, timezone.now() - LONG_AGO)
    Clock.objects.filter(pk=clock.pk).update(**facts)
    return clock


def seen(lead: Actor) -> list[str]:
    return [clock.code for clock in overdue_clocks(lead)]


def late(clock: Clock) -> None:
    """Let a running clock have ended an hour ago."""
    ended = timezone.now() - HOUR
    Clock.objects.filter(pk=clock.pk).update(started_at=ended - HOUR, warn_at=ended - HOUR, due_at=ended)


def test_every_code_of_the_table_that_was_missed_is_there(school: School, lead: Actor) -> None:
    codes = sorted(set(DeadlineRule.objects.values_list("code", flat=True)))
    for code in codes:
        missed(code, school)

    for _round in ("before the sweep", "after it", "long after"):
        assert sorted(seen(lead)) == codes
        sweep()
    page = signed_in(lead).get(PAGE).content.decode()
    assert page.count('scope="row"') == len(codes)


def test_what_runs_is_done_or_lies_elsewhere_is_not(school: School, lead: Actor) -> None:
    start_clock("task", school)
    stop_clock(missed("task", school).pk)
    missed("task", SchoolFactory.create())

    assert seen(lead) == []
    assert "Nothing is overdue" in signed_in(lead).get(PAGE).content.decode()


def test_what_nobody_was_told_of_stands_first_then_what_ends_here(school: School, lead: Actor) -> None:
    climbing = missed("task", school, escalation_step=1, next_step_at=timezone.now() + HOUR)
    ended = missed("signal_review", school, escalation_step=2)
    empty = missed("police_informed", school, escalation_step=2)
    watched, silent = missed("panic_acknowledge", school), missed(unheard(), school)
    for clock, told in ((climbing, ["owner"]), (ended, ["school:psychologist"]), (empty, [])):
        Escalation.objects.create(clock=clock, step=1, at=timezone.now(), told=told)

    rows = {row.clock.pk: row for row in rows_of(lead, list(overdue_clocks(lead)))}

    ranks = {row.clock.code: row.rank for row in rows.values()}
    assert ranks == {
        "police_informed": NOBODY,
        "unheard": NOBODY,
        "signal_review": EXHAUSTED,
        "panic_acknowledge": EXHAUSTED,
        "task": CLIMBING,
    }
    assert [row.clock.code for row in rows.values()][:2] == ["police_informed", "unheard"]
    assert (rows[empty.pk].reaches_nobody, rows[ended.pk].is_exhausted) == (True, True)
    assert (rows[climbing.pk].told, rows[empty.pk].told) == (["owner"], [])
    assert {watched.pk, silent.pk} <= set(rows)


def test_what_is_urgent_by_itself_stands_first_however_new_it_is(school: School, lead: Actor) -> None:
    for _old in "ab":
        missed("legal_assessment", school, escalation_step=3)
    missed(unheard(), school)
    for code in ("police_informed", "protocol_step", "psych_assessment_acute"):
        late(start_clock(code, school))

    assert seen(lead) == [
        "psych_assessment_acute",
        "protocol_step",
        "police_informed",
        "unheard",
        "legal_assessment",
        "legal_assessment",
    ]


def test_it_says_for_how_long_and_by_which_number_a_report_goes(school: School, lead: Actor) -> None:
    report = reported(actor(Role.TEACHER, school=school), harmed(pupil_at(school)), category="violence")
    psychologist(school)
    clock = report.triage_item.psych_clock
    late(clock)

    page = signed_in(lead).get(PAGE).content.decode()

    assert f"Report no. {report.number}" in page
    assert "for 1 hour" in page
    assert reverse("incidents:detail", args=[report.pk]) not in page


@pytest.mark.parametrize(
    ("elapsed", "said"),
    [
        (timedelta(seconds=20), "for 0 minutes"),
        (timedelta(minutes=59), "for 59 minutes"),
        (timedelta(hours=23), "for 23 hours"),
        (timedelta(days=400), "for 400 days"),
    ],
)
def test_the_largest_whole_unit_is_said(elapsed: timedelta, said: str) -> None:
    assert overdue_in_words(elapsed) == said


def test_it_names_who_has_it_and_leads_only_where_the_lead_may_go(school: School, lead: Actor) -> None:
    who = psychologist(school)
    case = case_of(who)
    task = task_for(case, who)
    late(task.clock)
    item = item_at(school, pupil_at(school, last_name="Скрытова"))
    late(item.psych_clock)

    page = signed_in(lead).get(PAGE).content.decode()

    assert who.user.short_name in page
    assert reverse("cases:complete", args=[task.pk]) not in page
    assert f"item={item.pk}" not in page
    assert case.pupil.last_name not in page
    assert "Скрытова" not in page


def test_what_waits_for_the_lead_is_a_link(school: School, lead: Actor) -> None:
    item = item_at(school, audience="lead")
    late(item.psych_clock)

    assert f"item={item.pk}" in signed_in(lead).get(PAGE).content.decode()


def test_the_clocks_of_a_report_lead_to_it_and_name_the_agency(school: School, lead: Actor) -> None:
    reported(actor(Role.TEACHER, school=school), harmed(pupil_at(school)), category="violence")
    clocks = Clock.objects.filter(code__in=("police_informed", "legal_assessment"))
    for clock in clocks:
        late(clock)
    psychologist(school)

    found = {row.clock.code: row.look for row in rows_of(lead, list(overdue_clocks(lead)))}

    assert set(found) >= {"police_informed", "legal_assessment"}
    assert found["legal_assessment"].who


def test_what_is_about_the_own_child_is_for_another_lead(school: School, lead: Actor) -> None:
    who, other = psychologist(school), actor(Role.LEAD_PSYCHOLOGIST, district=school.district)
    task = task_for(case_of(who), who)
    reported(actor(Role.TEACHER, school=school), harmed(task.case.pupil), category="violence")
    for clock in Clock.objects.all():
        late(clock)
    everything = set(seen(other))
    GuardianshipFactory.create(pupil=task.case.pupil, guardian=GuardianFactory.create(user=lead.user))

    assert everything >= {"task", "police_informed", "legal_assessment"}
    assert seen(lead) == []
    assert set(seen(other)) == everything


def test_by_school_and_kind(school: School, lead: Actor) -> None:
    other = SchoolFactory.create(district=school.district)
    missed("task", school)
    missed("task", other)
    missed(unheard(), other)

    assert [clock.school for clock in overdue_clocks(lead, school.pk)] == [school]
    assert [clock.code for clock in overdue_clocks(lead, other.pk, "task")] == ["task"]
    client = signed_in(lead)
    assert client.get(f"{PAGE}?school={other.pk}&code=unheard").content.decode().count('scope="row"') == 1
    assert "Nothing of this kind" in client.get(f"{PAGE}?school={school.pk}&code=x").content.decode()
    assert client.get(PAGE, {"school": "abc", "page": "x"}).content.decode().count('scope="row"') == 3


def test_the_list_costs_the_same_at_one_and_at_thirty(school: School, lead: Actor) -> None:
    who = psychologist(school)
    case, counts, client = case_of(who), [], signed_in(lead)
    for number in (1, 29):
        for _ in range(number):
            late(task_for(case, who).clock)
            late(item_at(school).psych_clock)
        client.get(PAGE)
        with CaptureQueriesContext(
            connection,
        ) as caught:
            client.get(PAGE)
        counts.append(len(caught))

    assert counts[0] == counts[1]


def test_the_same_in_the_api(school: School, lead: Actor) -> None:
    missed(unheard(), school)
    missed("task", school)

    rows = signed_in(lead).get("/api/v1/overdue/", {"code": "unheard"}).json()["results"]

    assert [(row["code"], row["school"], row["rank"], row["told"]) for row in rows] == [
        ("unheard", school.pk, NOBODY, [])
    ]
    assert signed_in(lead).get("/api/v1/overdue/", {"school": "abc"}).status_code == 400
