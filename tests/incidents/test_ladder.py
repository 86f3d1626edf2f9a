"""Who is told of a missed clock of a report, step by step, and where that is shown."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from caseflow.clocks.models import Clock, MissedNumber
from caseflow.clocks.services import sweep
from caseflow.directory.enums import Role
from caseflow.directory.models import School
from caseflow.incidents.enums import Category
from notifications.models import Alert
from tests.directory.factories import SchoolFactory, actor, signed_in
from tests.incidents.factories import accused, harmed, officer_for, reported, teacher_at
from tests.triage.factories import make_parent, pupil_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return SchoolFactory.create()


def missed(clock: str) -> list[int]:
    """Who was told that this clock was missed, in order."""
    found = Alert.objects.filter(kind="deadline_missed").order_by("pk")
    return [one.recipient_id for one in found if one.params["clock"] == clock]


def test_a_legal_assessment_climbs_from_the_officers_to_the_agency_above_and_the_region_lead(school: School) -> None:
    psychologist = actor(Role.PSYCHOLOGIST, school=school)
    officer, above = officer_for(school), officer_for(school, district=None)
    lead = actor(Role.LEAD_PSYCHOLOGIST, region=school.district.region)
    reported(teacher_at(school), harmed(pupil_at(school)), category=Category.CONFLICT)
    due = Clock.objects.get(code="legal_assessment").due_at

    sweep(due + timedelta(minutes=1))
    assert set(missed("legal_assessment")) == {officer.user.pk, psychologist.user.pk}
    sweep(due + timedelta(days=9))
    assert set(missed("legal_assessment")[2:]) == {above.user.pk, lead.user.pk}
    of_officer = Alert.objects.filter(kind="deadline_missed", recipient=officer.user).get()
    assert of_officer.url == reverse("incidents:legal")


def test_an_unassessed_report_climbs_from_psychologist_and_district_to_the_region(school: School) -> None:
    psychologist = actor(Role.PSYCHOLOGIST, school=school)
    district = actor(Role.LEAD_PSYCHOLOGIST, district=school.district)
    region = actor(Role.LEAD_PSYCHOLOGIST, region=school.district.region)
    incident = reported(teacher_at(school), harmed(pupil_at(school)), category=Category.CONFLICT)
    clock = incident.triage_item.psych_clock

    sweep(clock.due_at + timedelta(minutes=1))
    assert set(missed(clock.code)) == {psychologist.user.pk, district.user.pk}
    sweep(clock.due_at + timedelta(hours=4, minutes=1))
    assert missed(clock.code)[2:] == [region.user.pk]


def test_nobody_is_told_whose_own_affair_it_is(school: School) -> None:
    actor(Role.PSYCHOLOGIST, school=school)
    mother, head = (actor(role, school=school) for role in (Role.PSYCHOLOGIST, Role.PRINCIPAL))
    officer, child = officer_for(school), pupil_at(school)
    for parent in (mother, head, officer):
        make_parent(parent, child)

    reported(teacher_at(school), harmed(pupil_at(school)), accused(child))
    sweep(timezone.now() + timedelta(days=30))

    told = set(Alert.objects.values_list("recipient", flat=True))
    assert not told & {mother.user.pk, head.user.pk, officer.user.pk}


def test_the_head_hears_that_the_police_are_not_informed_but_not_of_a_matter_about_staff(school: School) -> None:
    head = actor(Role.PRINCIPAL, school=school)
    actor(Role.PSYCHOLOGIST, school=school)
    reported(teacher_at(school), about_staff=True)
    sweep(timezone.now() + timedelta(hours=1, minutes=1))
    assert head.user.pk not in missed("police_informed")

    incident = reported(teacher_at(school))
    sweep(timezone.now() + timedelta(hours=1, minutes=1))
    assert head.user.pk in missed("police_informed")
    told = Alert.objects.filter(recipient=head.user, kind="deadline_missed").get()
    assert told.url == reverse("incidents:detail", args=[incident.pk])


def test_the_pages_and_the_api_show_the_step_reached(school: School) -> None:
    psychologist = actor(Role.PSYCHOLOGIST, school=school)
    actor(Role.LEAD_PSYCHOLOGIST, region=school.district.region)
    incident = reported(teacher_at(school), harmed(pupil_at(school)), category=Category.CONFLICT)
    client = signed_in(psychologist)
    pages = [reverse("incidents:detail", args=[incident.pk]), f"/today/?item={incident.triage_item_id}"]
    assert all("Told:" not in client.get(page).content.decode() for page in pages)

    sweep(incident.triage_item.psych_clock.due_at + timedelta(hours=5))

    for page in pages:
        assert "lead psychologist of the region" in client.get(page).content.decode()
    shown = client.get(f"/api/v1/incidents/{incident.pk}/").json()["escalations"]
    assert [(one["code"], one["step"], one["told"]) for one in shown] == [
        ("psych_assessment_high", 1, ["school:psychologist"]),
        ("psych_assessment_high", 2, ["region:lead_psychologist"]),
    ]
    item = client.get(f"/api/v1/triage-items/{incident.triage_item_id}/").json()
    assert item["escalations"] == shown


def by_number(kind: str = "duty_overdue") -> dict[int, tuple[object, ...]]:
    """What was told by number alone, by who heard it: how many, under which number, of which place, leading where."""
    return {
        one.recipient_id: (one.params["count"], one.params["number"], one.params["school"]["ru"], one.url)
        for one in Alert.objects.filter(kind=kind)
    }


def test_a_missed_legal_assessment_reaches_the_heads_and_the_prosecutor_by_number(school: School) -> None:
    region = school.district.region
    officer, above = officer_for(school), officer_for(school, district=None)
    head, head_above = (actor(Role.AGENCY_HEAD, agency=who.membership.agency) for who in (officer, above))
    prosecutor = actor(Role.PROSECUTOR, region=region)
    for _ in range(2):
        reported(teacher_at(school), harmed(pupil_at(school)), category=Category.VIOLENCE)
    due = Clock.objects.filter(code="legal_assessment").latest("due_at").due_at

    sweep(due + timedelta(minutes=1))
    assert by_number() == {}
    sweep(due + timedelta(days=4))
    assert set(by_number()) == {head.user.pk}
    sweep(due + timedelta(days=9))
    told = by_number()
    assert set(told) == {head.user.pk, head_above.user.pk, prosecutor.user.pk}
    numbers = set(MissedNumber.objects.values_list("number", flat=True))
    assert {number for _count, number, _place, _url in told.values()} <= numbers
    assert told[prosecutor.user.pk][2:] == (region.name_ru, reverse("duties:desk"))
    assert told[head.user.pk][2] == head.membership.unit_name
    for alert in Alert.objects.filter(recipient__in=told):
        assert set(alert.params) == {"count", "number", "school"}  # neither what it was, nor where, nor when
    assert not set(missed("legal_assessment")) & set(told)


def test_the_prosecutor_hears_nothing_of_self_harm_and_nobody_of_what_is_their_own_affair(school: School) -> None:
    prosecutor, other = (actor(Role.PROSECUTOR, region=school.district.region) for _ in range(2))
    head, child = actor(Role.AGENCY_HEAD, agency=officer_for(school).membership.agency), pupil_at(school)
    make_parent(other, child)
    make_parent(head, child)
    reported(teacher_at(school), harmed(pupil_at(school)), category=Category.SELF_HARM)
    reported(teacher_at(school), harmed(child), category=Category.VIOLENCE)
    sweep(timezone.now() + timedelta(days=30))
    told = Alert.objects.filter(kind="duty_overdue")
    assert sorted(told.values_list("recipient", flat=True)) == sorted([prosecutor.user.pk, head.user.pk])
    assert told.get(recipient=prosecutor.user).params["count"] == 1
