"""Invented schools with enrolled phones, one police centre that answers them all, and people with open pages."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from bench.people import AT_ONCE, Person, make_people
from caseflow.alarms.enums import Holder
from caseflow.alarms.models import Centre, Device
from caseflow.alarms.services.enrolling import digest
from caseflow.clocks.models import DeadlineRule
from caseflow.directory.enums import AgencyKind, Role
from caseflow.directory.models import Agency, District, Membership, Region, School

SCHOOLS = 50
OPERATORS = 9  # with the duty person of the school, ten people are concerned by a press
DISTRICTS = 5


@dataclass(frozen=True, slots=True)
class Phone:
    """An enrolled phone and the key in its cookie."""

    device_id: str
    key: str
    school_id: int


@dataclass(frozen=True, slots=True)
class World:
    phones: tuple[Phone, ...]
    operators: tuple[Person, ...]
    duty: tuple[Person, ...]
    others: tuple[Person, ...]

    @property
    def people(self) -> tuple[Person, ...]:
        return (*self.operators, *self.duty, *self.others)

    def concerned(self, phone: Phone) -> frozenset[int]:
        """Who is told of a press of this phone: user ids."""
        duty = {person.user_id for person in self.duty if person.school_id == phone.school_id}
        return frozenset({person.user_id for person in self.operators} | duty)


def make_world(*, phones: int, others: int) -> World:
    """Fill an empty database."""
    region = Region.objects.create(code="bench", name_kk="Облыс", name_ru="Область")
    districts = District.objects.bulk_create(
        District(region=region, code=f"d-{n}", name_kk=f"{n}-аудан", name_ru=f"Район {n}") for n in range(DISTRICTS)
    )
    schools = School.objects.bulk_create(
        School(
            district=districts[n % DISTRICTS],
            code=f"s-{n}",
            bin=f"{n:012d}",
            name_kk=f"№ {n} мектеп",
            name_ru=f"Школа № {n}",
        )
        for n in range(SCHOOLS)
    )
    police = Agency.objects.create(kind=AgencyKind.POLICE, region=region, name_kk="ЖБО", name_ru="ЦОУ")
    Centre.objects.create(agency=police)
    _lengthen_acknowledging()
    return World(
        phones=_phones(schools, phones),
        operators=make_people([Membership(role=Role.POLICE_OPERATOR, agency=police) for _ in range(OPERATORS)]),
        duty=make_people([Membership(role=Role.DUTY_PERSON, school=school) for school in schools]),
        others=make_people([Membership(role=Role.TEACHER, school=schools[n % SCHOOLS]) for n in range(others)]),
    )


def _lengthen_acknowledging() -> None:
    """Nobody could accept thousands of alarms; unaccepted ones would be called again every 30 s, another load."""
    DeadlineRule.objects.create(
        code="panic_acknowledge",
        amount=48,
        unit="hours",
        basis="wall",
        source="[P] benchmark",
        effective_from=timezone.localdate() - timedelta(days=2),
    )


def _phones(schools: list[School], number: int) -> tuple[Phone, ...]:
    keys = [secrets.token_urlsafe(32) for _ in range(number)]
    now = timezone.now()
    made = Device.objects.bulk_create(
        (
            Device(school=schools[n % len(schools)], holder=Holder.BUTTON, key_digest=digest(key), enrolled_at=now)
            for n, key in enumerate(keys)
        ),
        batch_size=AT_ONCE,
    )
    return tuple(Phone(str(device.pk), key, device.school_id) for device, key in zip(made, keys, strict=True))
