"""What the benchmark's people look at: schools with pupils, cases and what waits."""

from datetime import timedelta

from django.utils import timezone

from bench.pages.files import make_cases
from bench.pages.places import make_pupils, make_schools
from bench.pages.shape import WAITING, Reader, Readers, Shape
from bench.people import Person, make_people
from bench.programs import say
from caseflow.accounts.models import User
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Membership, Pupil
from caseflow.incidents.enums import Category, PartyRole
from caseflow.incidents.services.checking import PartySaid
from caseflow.incidents.services.reporting import report_incident

LEADS = 4


def fill(shape: Shape) -> Readers:
    """Fill an empty database. Returns who may ask for what lies in it."""
    schools = make_schools(shape.schools)
    psychologists = make_people([Membership(role=Role.PSYCHOLOGIST, school=school) for school in schools])
    teachers = make_people([Membership(role=Role.TEACHER, school=school) for school in schools])
    region = schools[0].district.region
    leads = make_people([Membership(role=Role.LEAD_PSYCHOLOGIST, region=region) for _ in range(LEADS)])
    readers = []
    people = zip(psychologists, teachers, make_pupils(schools, shape.pupils), strict=True)
    for number, (psychologist, teacher, pupils) in enumerate(people, start=1):
        cases = make_cases(pupils, User.objects.get(pk=psychologist.user_id), shape.cases)
        _report(teacher, pupils)
        names = tuple(sorted({pupil.last_name for pupil in pupils}))
        readers.append(Reader(psychologist.cookie, tuple(str(case.pk) for case in cases), names))
        if number % 10 == 0:
            say(f"  {number} of {shape.schools} schools")
    return Readers(tuple(readers), tuple(lead.cookie for lead in leads))


def _report(teacher: Person, pupils: list[Pupil]) -> None:
    """What waits in Today, each through the product's own way."""
    user = User.objects.get(pk=teacher.user_id)
    actor = Actor(user, Membership.objects.get(user=user))
    for number in range(WAITING):
        report_incident(
            actor,
            category=Category.CONFLICT,
            occurred_at=timezone.now() - timedelta(minutes=number + 1),
            place="коридор",
            words="Поспорили из-за места, разошлись сами.",
            parties=[PartySaid(PartyRole.HARMED, pupil_id=pupils[number % len(pupils)].pk)],
        )
