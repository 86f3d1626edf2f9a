"""Reports for tests, sent the way the product sends them. Everything is invented."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from caseflow.directory.actors import Actor
from caseflow.directory.enums import AgencyKind, Role
from caseflow.directory.models import Agency, Pupil, School
from caseflow.incidents.enums import Category, PartyRole
from caseflow.incidents.models import Incident
from caseflow.incidents.services import PartySaid, report_incident
from tests.directory.factories import AgencyFactory, actor

WORDS = "Он сказал, что после уроков его снова будут ждать за гаражами"
PLACE = "у раздевалки"


def harmed(pupil: Pupil) -> PartySaid:
    return PartySaid(PartyRole.HARMED, pupil.pk)


def accused(pupil: Pupil) -> PartySaid:
    return PartySaid(PartyRole.SAID_TO_HAVE_HARMED, pupil.pk)


def reported(who: Actor, *parties: PartySaid, category: str = Category.VIOLENCE, **facts: Any) -> Incident:
    """A report by `who` of what happened an hour ago."""
    wanted: dict[str, Any] = {
        "occurred_at": timezone.now() - timedelta(hours=1),
        "place": PLACE,
        "words": WORDS,
        "parties": parties,
    }
    return report_incident(who, category=category, **wanted | facts)


def teacher_at(school: School) -> Actor:
    return actor(Role.TEACHER, school=school)


def officer_for(school: School, kind: AgencyKind = AgencyKind.POLICE, **unit: Any) -> Actor:
    """An officer of an agency of the school's district."""
    where: dict[str, Any] = {"region": school.district.region, "district": school.district}
    agency: Agency = AgencyFactory.create(kind=kind, **where | unit)
    return actor(Role.AGENCY_OFFICER, agency=agency)
