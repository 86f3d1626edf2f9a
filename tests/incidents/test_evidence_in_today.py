"""Who decides in Today sees who else is named, the clock of the police, and that the reporter wrote again."""

import pytest
from django.urls import reverse

from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import School
from caseflow.incidents.enums import Category, PartyRole
from caseflow.incidents.services import PartySaid
from caseflow.triage.evidence import NOTHING_MORE, Named, evidence_of
from caseflow.triage.models import TriageItem
from tests.directory.factories import SchoolFactory, actor, signed_in
from tests.incidents.anonymous_factories import anonymous_report, written
from tests.incidents.factories import accused, harmed, reported, teacher_at
from tests.triage.factories import item_at, pupil_at, signal_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return SchoolFactory.create()


@pytest.fixture
def psychologist(school: School) -> Actor:
    return actor(Role.PSYCHOLOGIST, school=school)


def page_of(who: Actor, item: TriageItem) -> str:
    return signed_in(who).get(reverse("triage:item", args=[item.pk]), HTTP_HX_REQUEST="true").content.decode()


def test_the_others_in_it_are_named_with_their_part(school: School, psychologist: Actor) -> None:
    boy = pupil_at(school)
    unknown = PartySaid(PartyRole.WITNESS)
    item = reported(teacher_at(school), harmed(pupil_at(school)), accused(boy), unknown).triage_item
    named = [
        Named(f"{boy.short_name}, {boy.school_class}", "Said to have harmed"),
        Named("Person not known", "Witness"),
    ]
    assert list(evidence_of(item).people) == named
    assert f"{boy.short_name}, {boy.school_class}</span> (Said to have harmed)" in page_of(psychologist, item)
    shown = signed_in(psychologist).get(f"/api/v1/triage-items/{item.pk}/").json()
    assert shown["also_named"] == [{"name": one.name, "part": one.part} for one in named]


def test_an_employee_is_named_to_the_lead(school: School) -> None:
    teacher = teacher_at(school)
    said = PartySaid(PartyRole.SAID_TO_HAVE_HARMED, employee_id=teacher.user.pk)
    item = reported(teacher_at(school), harmed(pupil_at(school)), said).triage_item
    assert list(evidence_of(item).people) == [Named(teacher.user.short_name, "Said to have harmed")]
    assert teacher.user.short_name in page_of(actor(Role.LEAD_PSYCHOLOGIST, district=school.district), item)


def test_the_clock_of_the_police_is_seen_beside_the_two(school: School, psychologist: Actor) -> None:
    incident = reported(teacher_at(school), harmed(pupil_at(school)))
    assert incident.police_clock is not None
    assert list(evidence_of(incident.triage_item).clocks) == [incident.police_clock]
    assert "Police informed" in page_of(psychologist, incident.triage_item)
    shown = signed_in(psychologist).get(f"/api/v1/triage-items/{incident.triage_item_id}/").json()
    assert list(shown["further_due_at"]) == ["police_informed"]


def test_without_others_and_without_that_clock_nothing_is_said(school: School, psychologist: Actor) -> None:
    item = reported(teacher_at(school), harmed(pupil_at(school)), category=Category.CONFLICT).triage_item
    known = evidence_of(item)
    assert (list(known.people), list(known.clocks), known.wrote_again_at) == ([], [], None)
    assert "Also named" not in page_of(psychologist, item)


def test_it_is_seen_that_the_reporter_wrote_again(school: School, psychologist: Actor) -> None:
    incident = anonymous_report(school)
    assert evidence_of(incident.triage_item).wrote_again_at is None
    written(incident)
    assert evidence_of(incident.triage_item).wrote_again_at is not None
    assert "Whoever reported wrote again" in page_of(psychologist, incident.triage_item)


def test_what_no_room_tells_more_of_stands_for_itself(school: School) -> None:
    assert evidence_of(signal_at(school)) == NOTHING_MORE
    assert evidence_of(item_at(school)) == NOTHING_MORE
