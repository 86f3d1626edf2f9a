"""The other schools of each district and who works there and at its agencies, without logins. All invented."""

from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.contrib.auth.hashers import make_password

from caseflow.accounts.models import User
from caseflow.demo.invented import invented_people
from caseflow.demo.people import People
from caseflow.demo.places import Places
from caseflow.directory.enums import AgencyKind, Role
from caseflow.directory.models import Agency, District, Membership, School

# By district, in the order of the places.
SCHOOLS = (24, 17, 16, 9, 8, 8, 5)
WITH_PSYCHOLOGIST = (3, 2, 2, 1, 1, 1, 1)  # who leads the cases of the past
FIRST_NUMBER = 111
LYCEUM_EVERY = 9
STREETS = ("ул. Абая", "ул. Тәуелсіздік", "ул. Мәңгілік Ел", "ул. Достық", "ул. Бейбітшілік", "пр. Нұрсұлтан Назарбаев")
BEGUN = 2  # years ago all of them worked there already


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A district: its schools, the one that the places have first; who reports there, by school; at which schools who
    leads cases; and who works at its police and its education department."""

    district: District
    schools: tuple[School, ...]
    pedagogues: dict[int, User]
    psychologists: tuple[tuple[School, User], ...]
    police: Agency
    inspector: User
    operator: User
    education: Agency
    officer: User

    @property
    def others(self) -> tuple[School, ...]:
        """The schools of which the demo tells nothing but figures."""
        return tuple(school for school in self.schools if school.pk in self.pedagogues)


def make_neighbours(places: Places, people: People, today: date) -> tuple[Neighbour, ...]:
    """Each district with its schools and people; what the demo has already is taken."""
    schools = _make_schools(places)
    staff = _Staff(date(today.year - BEGUN, 9, 1))
    found = [_neighbour(number, within, places, people, staff) for number, within in enumerate(schools)]
    staff.enter()
    return tuple(found)


class _Staff:
    """People who are entered all at once. Nobody signs in as one of them."""

    def __init__(self, since: date) -> None:
        self._since, self._names, self._password = since, invented_people(), make_password(None)
        self._users: list[User] = []
        self._memberships: list[Membership] = []

    def hire(self, role: Role, **unit: School | Agency) -> User:
        """Somebody who works there in that role."""
        last, first, _sex = next(self._names)
        name = f"demo-staff-{len(self._users) + 1:03d}"
        user = User(username=name, password=self._password, last_name=last, first_name=first, language="ru")
        self._users.append(user)
        self._memberships.append(Membership(user=user, role=role, starts_on=self._since, **unit))
        return user

    def enter(self) -> None:
        User.objects.bulk_create(self._users)
        Membership.objects.bulk_create(self._memberships)


def _neighbour(number: int, schools: tuple[School, ...], places: Places, people: People, staff: _Staff) -> Neighbour:
    district, is_own = places.districts[number], number == 0
    others = schools[1:] if is_own else schools
    police = Agency.objects.get(district=district, kind=AgencyKind.POLICE)
    education = Agency.objects.get(district=district, kind=AgencyKind.EDUCATION)
    return Neighbour(
        district=district,
        schools=schools,
        pedagogues={school.pk: staff.hire(Role.SOCIAL_PEDAGOGUE, school=school) for school in others},
        psychologists=tuple(
            (school, staff.hire(Role.PSYCHOLOGIST, school=school)) for school in others[: WITH_PSYCHOLOGIST[number]]
        ),
        police=police,
        inspector=people.staff["inspector"].user if is_own else staff.hire(Role.AGENCY_OFFICER, agency=police),
        operator=people.staff["operator"].user if is_own else staff.hire(Role.POLICE_OPERATOR, agency=police),
        education=education,
        officer=staff.hire(Role.AGENCY_OFFICER, agency=education),
    )


def _make_schools(places: Places) -> list[tuple[School, ...]]:
    numbers = iter(range(FIRST_NUMBER, FIRST_NUMBER + sum(SCHOOLS)))
    found = [
        (first, *(_school(district, number) for number in islice(numbers, count - 1)))
        for district, first, count in zip(places.districts, places.schools, SCHOOLS, strict=True)
    ]
    School.objects.bulk_create(school for _first, *rest in found for school in rest)
    return found


def _school(district: District, number: int) -> School:
    """Without coordinates: the map of an operator's console stays readable."""
    kinds = (
        ("мектеп-лицей", "Школа-лицей", "School-lyceum")
        if number % LYCEUM_EVERY == 0
        else ("мектеп", "Школа", "School")
    )
    return School(
        district=district,
        code=f"demo-school-{number}",
        bin=f"{140000000 + number:012d}",
        name_kk=f"№ {number} {kinds[0]}",
        name_ru=f"{kinds[1]} № {number}",
        name_en=f"{kinds[2]} No. {number}",
        address=f"{STREETS[number % len(STREETS)]}, {number % 70 + 1}",
        phone=f"+7 7292 00 {number // 100:02d} {number % 100:02d}",
    )
