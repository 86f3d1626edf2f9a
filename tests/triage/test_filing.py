from datetime import timedelta

import pytest
from django.db import connection

from caseflow.clocks.models import Clock, EscalationStep
from caseflow.clocks.services import sweep
from caseflow.directory.enums import Role
from caseflow.directory.models import School
from caseflow.triage.enums import Audience
from caseflow.triage.models import TriageItem
from caseflow.triage.selectors import words_of
from caseflow.triage.services import file_item
from notifications.enums import AlertKind
from notifications.models import Alert
from tests.directory.factories import SchoolFactory, actor
from tests.triage.factories import WORDS, item_at, make_parent, pupil_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return SchoolFactory.create()


def told(kind: AlertKind) -> set[int]:
    return set(Alert.objects.filter(kind=kind).values_list("recipient", flat=True))


def test_what_was_said_is_nowhere_in_plain_text(school: School) -> None:
    item = item_at(school)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM triage_triageitem")
        row = b"|".join(map(_raw, cursor.fetchone()))
    assert WORDS.encode() not in row
    assert "группу".encode() not in row
    assert words_of(TriageItem.objects.get(pk=item.pk)) == WORDS


def _raw(value: object) -> bytes:
    return bytes(value) if isinstance(value, memoryview | bytes) else str(value).encode()


def test_the_nearer_clock_gives_the_place_in_the_queue(school: School) -> None:
    item = item_at(school, psych_code="psych_assessment_acute")
    assert item.legal_clock is not None
    assert item.due_at == item.psych_clock.due_at < item.legal_clock.due_at


def test_the_psychologists_of_the_school_are_told_and_nobody_else(school: School) -> None:
    own, other = actor(Role.PSYCHOLOGIST, school=school), actor(Role.PSYCHOLOGIST, school=SchoolFactory.create())
    lead = actor(Role.LEAD_PSYCHOLOGIST, district=school.district)
    item_at(school)
    assert told(AlertKind.TRIAGE_ITEM_NEW) == {own.user.pk}
    assert other.user.pk != lead.user.pk


def test_a_cry_for_help_tells_the_lead_by_name_as_well(school: School) -> None:
    own, lead = actor(Role.PSYCHOLOGIST, school=school), actor(Role.LEAD_PSYCHOLOGIST, region=school.district.region)
    item_at(school, second_person=True)
    assert told(AlertKind.TRIAGE_ITEM_NEW) == {own.user.pk, lead.user.pk}


def test_a_school_without_psychologist_is_served_by_the_lead(school: School) -> None:
    lead = actor(Role.LEAD_PSYCHOLOGIST, district=school.district)
    assert item_at(school).audience == Audience.LEAD
    assert told(AlertKind.TRIAGE_ITEM_NEW) == {lead.user.pk}


def test_an_item_about_the_only_psychologists_child_goes_to_the_lead(school: School) -> None:
    psychologist, pupil = actor(Role.PSYCHOLOGIST, school=school), pupil_at(school)
    make_parent(psychologist, pupil)
    lead = actor(Role.LEAD_PSYCHOLOGIST, district=school.district)
    assert item_at(school, pupil).audience == Audience.LEAD
    assert told(AlertKind.TRIAGE_ITEM_NEW) == {lead.user.pk}


def test_a_nearing_clock_tells_the_psychologist_a_missed_one_the_lead_once(school: School) -> None:
    own, lead = actor(Role.PSYCHOLOGIST, school=school), actor(Role.LEAD_PSYCHOLOGIST, district=school.district)
    clock = item_at(school).psych_clock
    sweep(clock.warn_at + timedelta(seconds=1))
    assert told(AlertKind.DEADLINE_NEAR) == {own.user.pk}
    for _again in range(2):
        sweep(clock.due_at + timedelta(seconds=1))
    missed = Alert.objects.filter(kind=AlertKind.DEADLINE_MISSED).values_list("recipient", flat=True)
    assert sorted(missed) == sorted([own.user.pk, lead.user.pk])


def test_where_no_ladder_is_laid_a_missed_clock_tells_those_who_decide_and_the_lead(school: School) -> None:
    own, lead = actor(Role.PSYCHOLOGIST, school=school), actor(Role.LEAD_PSYCHOLOGIST, district=school.district)
    clock = item_at(school).psych_clock
    EscalationStep.objects.filter(code=clock.code).delete()

    sweep(clock.due_at + timedelta(seconds=1))

    assert told(AlertKind.DEADLINE_MISSED) == {own.user.pk, lead.user.pk}


def test_a_decided_item_no_longer_rings(school: School) -> None:
    actor(Role.PSYCHOLOGIST, school=school)
    clock = item_at(school).psych_clock
    Clock.objects.filter(pk=clock.pk).update(stopped_at=clock.started_at)
    sweep(clock.due_at + timedelta(days=1))
    assert told(AlertKind.DEADLINE_MISSED) == set()


def test_an_item_without_a_pupil_is_for_the_school(school: School) -> None:
    own = actor(Role.PSYCHOLOGIST, school=school)
    named = item_at(school)
    nobody = file_item(
        kind=named.kind,
        audience=Audience.SCHOOL,
        school=school,
        pupil=None,
        title_code="conflict",
        facts={},
        words="",
        quality=1,
        quality_code="nobody_named",
        ai_model=None,
        psych_code="psych_assessment_high",
    )
    assert (nobody.audience, own.user.pk in told(AlertKind.TRIAGE_ITEM_NEW)) == (Audience.SCHOOL, True)
