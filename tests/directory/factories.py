"""People and places for tests. Everything is invented."""

from datetime import date, time, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone
from factory.declarations import LazyAttribute, LazyFunction, SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory, Password
from factory.helpers import post_generation

from caseflow.accounts.models import User
from caseflow.directory.actors import Actor
from caseflow.directory.enums import AgencyKind, Relation, Role, Sex
from caseflow.directory.models import (
    Agency,
    Camera,
    District,
    Guardian,
    Guardianship,
    LessonSlot,
    Membership,
    Pupil,
    Region,
    Room,
    School,
    SchoolClass,
    SchoolYear,
)
from caseflow.directory.services.name_keys import write_name_keys
from caseflow.records.vault import new_key

PASSWORD = "correct horse battery"


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = Sequence(lambda n: f"user{n}")
    last_name = Sequence(lambda n: f"Тестова{n}")
    first_name = "Айгуль"
    patronymic = "Маратовна"
    language = "en"
    password = Password(PASSWORD)


class RegionFactory(DjangoModelFactory[Region]):
    class Meta:
        model = Region

    code = Sequence(lambda n: f"region-{n}")
    name_kk = Sequence(lambda n: f"{n}-облыс")
    name_ru = Sequence(lambda n: f"Область {n}")


class DistrictFactory(DjangoModelFactory[District]):
    class Meta:
        model = District

    region = SubFactory(RegionFactory)
    code = Sequence(lambda n: f"district-{n}")
    name_kk = Sequence(lambda n: f"{n}-аудан")
    name_ru = Sequence(lambda n: f"Район {n}")


class SchoolFactory(DjangoModelFactory[School]):
    class Meta:
        model = School

    district = SubFactory(DistrictFactory)
    code = Sequence(lambda n: f"school-{n}")
    bin = Sequence(lambda n: f"{n:012d}")
    name_kk = Sequence(lambda n: f"№ {n} мектеп")
    name_ru = Sequence(lambda n: f"Школа № {n}")


class SchoolYearFactory(DjangoModelFactory[SchoolYear]):
    class Meta:
        model = SchoolYear
        django_get_or_create = ("region", "starts_on")

    region = SubFactory(RegionFactory)
    starts_on = LazyFunction(lambda: _school_year_start(timezone.localdate()))
    ends_on = LazyAttribute(lambda year: date(year.starts_on.year + 1, 8, 31))


def _school_year_start(day: date) -> date:
    return date(day.year if day.month >= 9 else day.year - 1, 9, 1)


class SchoolClassFactory(DjangoModelFactory[SchoolClass]):
    class Meta:
        model = SchoolClass

    school = SubFactory(SchoolFactory)
    year = SubFactory(SchoolYearFactory, region=SelfAttribute("..school.district.region"))
    grade = 7
    letter = Sequence(lambda n: chr(ord("А") + n % 32) + (str(n // 32) if n >= 32 else ""))


class PupilFactory(DjangoModelFactory[Pupil]):
    class Meta:
        model = Pupil
        skip_postgeneration_save = True

    school_class = SubFactory(SchoolClassFactory)
    school = SelfAttribute("school_class.school")
    number = Sequence(lambda n: f"P{n:06d}")
    last_name = Sequence(lambda n: f"Ученикова{n}")
    first_name = "Мадина"
    birth_date = LazyFunction(lambda: timezone.localdate() - timedelta(days=365 * 13))
    sex = Sex.FEMALE
    data_key = LazyFunction(lambda: new_key("pupil"))

    @post_generation
    def found_by_name(self: Pupil, create: bool, extracted: Any, **facts: Any) -> None:
        """As whatever writes names does it."""
        if create:
            write_name_keys([self])


class GuardianFactory(DjangoModelFactory[Guardian]):
    class Meta:
        model = Guardian

    user = SubFactory(UserFactory)
    last_name = Sequence(lambda n: f"Родителева{n}")
    first_name = "Жанар"
    data_key = LazyFunction(lambda: new_key("guardian"))


class GuardianshipFactory(DjangoModelFactory[Guardianship]):
    class Meta:
        model = Guardianship

    pupil = SubFactory(PupilFactory)
    guardian = SubFactory(GuardianFactory)
    relation = Relation.MOTHER
    starts_on = LazyFunction(lambda: timezone.localdate() - timedelta(days=3650))


class AgencyFactory(DjangoModelFactory[Agency]):
    class Meta:
        model = Agency

    kind = AgencyKind.POLICE
    region = SubFactory(RegionFactory)
    name_kk = Sequence(lambda n: f"{n}-полиция бөлімі")
    name_ru = Sequence(lambda n: f"Отдел полиции {n}")


class RoomFactory(DjangoModelFactory[Room]):
    class Meta:
        model = Room

    school = SubFactory(SchoolFactory)
    name = Sequence(lambda n: f"каб. {n}")


class CameraFactory(DjangoModelFactory[Camera]):
    class Meta:
        model = Camera

    room = SubFactory(RoomFactory)
    name = Sequence(lambda n: f"камера {n}")


class LessonSlotFactory(DjangoModelFactory[LessonSlot]):
    class Meta:
        model = LessonSlot

    school_class = SubFactory(SchoolClassFactory)
    room = SubFactory(RoomFactory, school=SelfAttribute("..school_class.school"))
    teacher = SubFactory(UserFactory)
    subject = "Математика"
    weekday = 1
    starts_at = time(9, 0)
    ends_at = time(9, 45)


class MembershipFactory(DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    user = SubFactory(UserFactory)
    role = Role.PSYCHOLOGIST
    starts_on = LazyFunction(lambda: timezone.localdate() - timedelta(days=30))


def actor(role: Role, **unit: Any) -> Actor:
    """Somebody acting in `role` in the given unit, e.g. `actor(Role.PSYCHOLOGIST, school=school)`."""
    membership = MembershipFactory.create(role=role, **unit)
    return Actor(membership.user, membership)


def parent_of(pupil: Pupil) -> Actor:
    """A guardian of `pupil` with an account, acting as a parent."""
    guardianship = GuardianshipFactory.create(pupil=pupil)
    guardian = guardianship.guardian
    membership = MembershipFactory.create(user=guardian.user, role=Role.PARENT, guardian=guardian)
    return Actor(membership.user, membership)


def signed_in(who: Actor) -> Client:
    """A test client with `who` signed in, acting in that membership."""
    client = Client()
    client.force_login(who.user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["membership"] = who.membership.pk
    session.save()
    return client
