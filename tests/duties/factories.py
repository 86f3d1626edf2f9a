"""Overdue duties for tests, made the way the product makes them. Everything is invented."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from caseflow.clocks.models import Clock
from caseflow.directory.actors import Actor
from caseflow.directory.enums import AgencyKind, Role
from caseflow.directory.models import Agency, Region, School
from caseflow.incidents.enums import Category
from caseflow.incidents.models import Incident
from tests.directory.factories import AgencyFactory, DistrictFactory, RegionFactory, SchoolFactory, actor
from tests.incidents.factories import harmed, reported, teacher_at
from tests.triage.factories import pupil_at


@dataclass
class Land:
    """A region with two districts, a school, police and an education department in each, and its prosecutor."""

    region: Region
    schools: list[School]
    police: list[Agency]
    education: list[Agency]
    prosecutor: Actor

    def head(self, agency: Agency) -> Actor:
        return actor(Role.AGENCY_HEAD, agency=agency)


def land() -> Land:
    region = RegionFactory.create()
    districts = [DistrictFactory.create(region=region, name_ru=name) for name in ("Актау", "Бейнеу")]
    return Land(
        region,
        [SchoolFactory.create(district=district) for district in districts],
        [AgencyFactory.create(kind=AgencyKind.POLICE, region=region, district=district) for district in districts],
        [AgencyFactory.create(kind=AgencyKind.EDUCATION, region=region, district=district) for district in districts],
        actor(Role.PROSECUTOR, region=region),
    )


def legal_clock(incident: Incident) -> Clock:
    return Clock.objects.get(pk=incident.triage_item.legal_clock_id or "")


def overdue_report(school: School, *, category: Category = Category.VIOLENCE, days: int = 2) -> Incident:
    """A report whose legal assessment was due that many days ago; the psychological one is still to come."""
    incident = reported(teacher_at(school), harmed(pupil_at(school)), category=category)
    due = timezone.now() - timedelta(days=days)
    late = {"started_at": due - timedelta(days=3), "warn_at": due - timedelta(days=1), "due_at": due}
    Clock.objects.filter(pk=legal_clock(incident).pk).update(**late)
    later = timezone.now() + timedelta(days=2)
    Clock.objects.filter(pk=incident.triage_item.psych_clock_id).update(warn_at=later, due_at=later)
    return incident
