"""What alarms need: a school with a police centre and operators, and devices."""

from dataclasses import dataclass
from uuid import uuid4

from caseflow.alarms.models import Alarm, Centre, Device
from caseflow.alarms.services import enrol_own_phone, press
from caseflow.alarms.services.raising import Pressed
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import District, Region, School
from tests.directory.factories import AgencyFactory, DistrictFactory, SchoolFactory, actor


def centre(district: District, follows: Centre | None = None) -> Centre:
    agency = AgencyFactory.create(region=district.region, district=district)
    return Centre.objects.create(agency=agency, follows=follows)


def centre_over(region: Region) -> Centre:
    return Centre.objects.create(agency=AgencyFactory.create(region=region, district=None))


def operator(of: Centre) -> Actor:
    return actor(Role.POLICE_OPERATOR, agency=of.agency)


def staff_phone(school: School) -> Device:
    return enrol_own_phone(actor(Role.TEACHER, school=school))[0]


def pressed(device: Device, **said: object) -> Alarm:
    return press(device, Pressed(client_key=uuid4(), **said))  # type: ignore[arg-type]


@dataclass(frozen=True)
class Territory:
    """A school whose district, neighbouring district and region each have a centre with one operator."""

    school: School
    own: Centre
    neighbour: Centre
    region: Centre
    operator: Actor
    phone: Device


def territory() -> Territory:
    school = SchoolFactory.create()
    region = school.district.region
    neighbour = centre(DistrictFactory.create(region=region))
    own = centre(school.district, follows=neighbour)
    return Territory(school, own, neighbour, centre_over(region), operator(own), staff_phone(school))
