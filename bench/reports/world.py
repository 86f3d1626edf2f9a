"""What the benchmark's prosecutor looks at: events of five years in every region, released by quarters in one."""

from datetime import timedelta
from itertools import count
from pathlib import Path
from time import monotonic
from typing import Any

from django.db import connection
from django.utils import timezone

from bench.people import AT_ONCE, Person, make_people
from bench.programs import say
from bench.reports.shape import DISTRICTS, REGIONS, YEARS, Reader, Shape
from caseflow.accounts.models import User
from caseflow.coordination.services import compose_report
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import District, Membership, Region, School
from caseflow.incidents.enums import Category
from caseflow.indicators.rules.periods import finished_quarters
from caseflow.records.vault import new_key
from caseflow.releases.services import release_once

EVENTS = Path(__file__).with_name("events.sql")
KINDS = [category.value for category in Category if category is not Category.SELF_HARM]
REPORTS = 4  # the newest ones are composed; the quarters before them are released


def fill(shape: Shape) -> Person:
    """Fill an empty database. Returns the prosecutor of the first region."""
    districts = _places()
    numbers = count()
    School.objects.bulk_create(
        (
            School(
                district=districts[n % len(districts)],
                code=f"s-{n}",
                bin=f"{n:012d}",
                name_kk=f"№ {n} мектеп",
                name_ru=f"Школа № {n}",
            )
            for n in (next(numbers) for _ in range(shape.schools))
        ),
        batch_size=AT_ONCE,
    )
    (person,) = make_people([Membership(role=Role.PROSECUTOR, region=districts[0].region)])
    today = timezone.localdate()
    facts: dict[str, Any] = {
        "events": shape.events,
        "schools": shape.schools,
        "kinds": KINDS,
        "kind_count": len(KINDS),
        "first": today - timedelta(days=366 * YEARS),
        "last": today,
        "person": person.user_id,
        "key": new_key("bench").pk,
    }
    began = monotonic()
    with connection.cursor() as cursor:
        for statement in EVENTS.read_text(encoding="utf-8").split(";\n"):
            if statement.strip():
                cursor.execute(statement, facts)
    say(f"  {shape.events} events in {monotonic() - began:.0f} s")
    return person


def compose(person: Person) -> Reader:
    """Release every quarter of five years in the prosecutor's region and compose the newest reports."""
    user = User.objects.get(pk=person.user_id)
    right = Membership.objects.select_related("region").get(user=user)
    region, actor = right.region, Actor(user, right)
    if region is None:
        raise ValueError(right)
    quarters = finished_quarters(timezone.localdate(), YEARS * 4 - 1)
    began = monotonic()
    for quarter in sorted(quarters[REPORTS:], key=lambda each: each.code):
        release_once(actor, region, quarter)
    say(f"  {len(quarters) - REPORTS} quarters released in {monotonic() - began:.0f} s")
    reports, took = [], 0.0
    for quarter in reversed(quarters[:REPORTS]):
        began = monotonic()
        reports.append(str(compose_report(actor, region=region, period=quarter).pk))
        took = monotonic() - began
    return Reader(person.cookie, tuple(reversed(reports)), round(took, 2))


def _places() -> list[District]:
    regions = Region.objects.bulk_create(
        Region(code=f"r-{n}", name_kk=f"{n}-облыс", name_ru=f"Область {n}") for n in range(REGIONS)
    )
    return District.objects.bulk_create(
        District(region=region, code=f"d-{r}-{n}", name_kk=f"{r}-{n} аудан", name_ru=f"Район {r}-{n}")
        for r, region in enumerate(regions)
        for n in range(DISTRICTS)
    )
