"""The demo's people: staff with their logins, pupils with their guardians."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.hashers import make_password

from caseflow.accounts.models import User
from caseflow.demo.names import CLASS_3B, CLASS_7B, CLASS_8V, CLASS_9A, STAFF
from caseflow.demo.places import Places
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Relation, Role
from caseflow.directory.models import Guardian, Guardianship, Membership, Pupil, SchoolClass
from caseflow.directory.services.name_keys import write_name_keys
from caseflow.records.vault import new_key, seal, where

PASSWORD = "tirek-demo"  # noqa: S105  the demo's logins are public; it listens on this machine only


@dataclass(frozen=True, slots=True)
class People:
    staff: dict[str, Actor]
    pupils: tuple[Pupil, ...]
    guardians: dict[str, Guardian]
    parent: Actor

    def pupil(self, last_name: str, first_name: str) -> Pupil:
        """The pupil of that name."""
        return next(p for p in self.pupils if (p.last_name, p.first_name) == (last_name, first_name))


def make_people(places: Places) -> People:
    """All logins of the demo, the pupils of four classes, one guardian each."""
    password = make_password(PASSWORD)
    staff = {login: _make_member(login, places, password) for login in STAFF}
    pupils = [
        _make_pupil(number, names, school_class, age)
        for school_class, roll, age in (
            (places.class_7b, CLASS_7B, 13),
            (places.class_3b, CLASS_3B, 9),
            (places.class_9a, CLASS_9A, 15),
            (places.class_8v, CLASS_8V, 14),
        )
        for number, names in enumerate(roll, start=1)
    ]
    write_name_keys(pupils)
    guardians = {str(pupil.pk): _make_guardian(pupil, places.year.starts_on) for pupil in pupils}
    parent = _make_parent(pupils, guardians, places.year.starts_on, password)
    return People(staff, tuple(pupils), guardians, parent)


def _make_member(login: str, places: Places, password: str) -> Actor:
    role, unit, chosen = _right(login, places)
    last, first, patronymic = STAFF[login]
    user = User.objects.create(
        username=login, password=password, last_name=last, first_name=first, patronymic=patronymic, language="ru"
    )
    right = {unit: chosen} if unit else {}
    return Actor(user, Membership.objects.create(user=user, role=role, starts_on=places.year.starts_on, **right))


def _right(login: str, places: Places) -> tuple[Role, str, object]:
    school, region = places.school, places.region
    rights: dict[str, tuple[Role, str, object]] = {
        "psychologist": (Role.PSYCHOLOGIST, "school", school),
        "psychologist2": (Role.PSYCHOLOGIST, "school", school),
        "lead": (Role.LEAD_PSYCHOLOGIST, "region", region),
        "pedagogue": (Role.SOCIAL_PEDAGOGUE, "school", school),
        "principal": (Role.PRINCIPAL, "school", school),
        "schooladmin": (Role.SCHOOL_ADMIN, "school", school),
        "secretary": (Role.SCHOOL_ADMIN, "school", school),
        "teacher": (Role.TEACHER, "school", school),
        "classteacher": (Role.CLASS_TEACHER, "school_class", places.class_7b),
        "duty": (Role.DUTY_PERSON, "school", school),
        "prosecutor": (Role.PROSECUTOR, "region", region),
        "chair": (Role.COUNCIL_CHAIR, "region", region),
        "council": (Role.COUNCIL_MEMBER, "region", region),
        "analyst": (Role.ANALYST, "region", region),
        "inspector": (Role.AGENCY_OFFICER, "agency", places.police),
        "policehead": (Role.AGENCY_HEAD, "agency", places.police),
        "clinic": (Role.AGENCY_OFFICER, "agency", places.clinic),
        "operator": (Role.POLICE_OPERATOR, "agency", places.police),
        "drills": (Role.DRILL_OFFICER, "district", places.districts[0]),
        "sysadmin": (Role.SYSTEM_ADMIN, "", None),
        "dpo": (Role.DPO, "", None),
    }
    return rights[login]


def _make_pupil(number: int, names: tuple[str, str, str], school_class: SchoolClass, age: int) -> Pupil:
    last, first, sex = names
    return Pupil.objects.create(
        school=school_class.school,
        school_class=school_class,
        number=f"{school_class.grade}{number:03d}",
        last_name=last,
        first_name=first,
        sex=sex,
        birth_date=school_class.year.starts_on - timedelta(days=365 * age + 11 * number),
        data_key=new_key("pupil"),
    )


def _make_guardian(pupil: Pupil, since: date) -> Guardian:
    key = new_key("guardian")
    guardian = Guardian(last_name=pupil.last_name, first_name="Жанар", patronymic="", data_key=key)
    place = where("directory.Guardian", guardian.pk, "phone")
    guardian.phone_sealed = seal(key, f"+7 701 000 {pupil.number[:1]}{pupil.number[-1]} 00", place)
    guardian.save()
    Guardianship.objects.create(pupil=pupil, guardian=guardian, relation=Relation.MOTHER, starts_on=since)
    return guardian


def _make_parent(pupils: list[Pupil], guardians: dict[str, Guardian], since: date, password: str) -> Actor:
    """Madina's mother, who stands for her brother in 3 «Б» too."""
    madina = pupils[0]
    brother = next(pupil for pupil in pupils if pupil.last_name == "Серіков")
    mother = guardians[str(madina.pk)]
    Guardianship.objects.filter(pupil=brother).update(guardian=mother)
    guardians[str(brother.pk)].delete()
    guardians[str(brother.pk)] = mother
    user = User.objects.create(
        username="parent", password=password, last_name=mother.last_name, first_name=mother.first_name, language="ru"
    )
    mother.user = user
    mother.save()
    return Actor(user, Membership.objects.create(user=user, role=Role.PARENT, guardian=mother, starts_on=since))
