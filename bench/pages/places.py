"""The schools of the benchmark, their classes and pupils. Names are found by keys as the product writes them."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count

from django.utils import timezone

from bench.pages.names import name_of
from bench.people import AT_ONCE
from caseflow.directory.enums import Sex
from caseflow.directory.models import District, Pupil, Region, School, SchoolClass, SchoolYear
from caseflow.directory.services.name_keys import write_name_keys
from caseflow.records.vault import new_keys

DISTRICTS = 5
IN_A_CLASS = 25


def make_schools(number: int) -> list[School]:
    """One region, its districts, that many schools shared out among them, and a school year that lasts."""
    region = Region.objects.create(code="bench", name_kk="Облыс", name_ru="Область")
    today = timezone.localdate()
    SchoolYear.objects.create(region=region, starts_on=today - timedelta(days=90), ends_on=today + timedelta(days=180))
    districts = District.objects.bulk_create(
        District(region=region, code=f"d-{n}", name_kk=f"{n}-аудан", name_ru=f"Район {n}") for n in range(DISTRICTS)
    )
    return School.objects.bulk_create(
        School(
            district=districts[n % DISTRICTS],
            code=f"s-{n}",
            bin=f"{n:012d}",
            name_kk=f"№ {n} мектеп",
            name_ru=f"Школа № {n}",
        )
        for n in range(number)
    )


def make_pupils(schools: list[School], in_each: int) -> Iterator[list[Pupil]]:
    """The pupils of one school after another, with their classes and the keys of their names."""
    year = SchoolYear.objects.get()
    numbers = count()
    for school in schools:
        classes = SchoolClass.objects.bulk_create(
            SchoolClass(school=school, year=year, grade=n % 11 + 1, letter=str(n // 11 + 1))
            for n in range(-(-in_each // IN_A_CLASS))
        )
        made = [_pupil(school, classes[n // IN_A_CLASS], next(numbers)) for n in range(in_each)]
        for pupil, key in zip(made, new_keys("pupil", len(made)), strict=True):
            pupil.data_key = key
        Pupil.objects.bulk_create(made, batch_size=AT_ONCE)
        write_name_keys(made)
        yield made


def _pupil(school: School, school_class: SchoolClass, number: int) -> Pupil:
    family, first, father = name_of(number)
    born = date(timezone.localdate().year - 6 - school_class.grade, number % 12 + 1, number % 28 + 1)
    return Pupil(
        school=school,
        school_class=school_class,
        number=str(number),
        birth_date=born,
        sex=Sex.values[number % 2],
        last_name=family,
        first_name=first,
        patronymic=father,
    )
