"""The first administrator, and the units of an installation without demo data."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple
from uuid import uuid4

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from caseflow.accounts.models import User
from caseflow.audit.services import record
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import District, Membership, Region, School, SchoolYear


class AlreadySetUpError(Exception):
    """Somebody can sign in already."""


class Name(NamedTuple):
    """An official name in Kazakh and in Russian."""

    kk: str
    ru: str


def needs_setup() -> bool:
    """Whether nobody can sign in yet."""
    return not User.objects.filter(is_active=True).exists()


@transaction.atomic
def set_up(
    *,
    administrator: User,
    password: str,
    region: Name,
    district: Name,
    school: Name,
    school_bin: str,
    year: tuple[date, date],
) -> Membership:
    """Create the first administrator, region, district, school and school year. Raises AlreadySetUpError.

    The administrator serves the whole installation and sees no case content.
    """
    if not needs_setup():
        raise AlreadySetUpError
    first_region = Region.objects.create(code="region-1", name_kk=region.kk, name_ru=region.ru)
    first_district = District.objects.create(
        region=first_region, code="district-1", name_kk=district.kk, name_ru=district.ru
    )
    School.objects.create(
        district=first_district, code="school-1", name_kk=school.kk, name_ru=school.ru, bin=school_bin
    )
    SchoolYear.objects.create(region=first_region, starts_on=year[0], ends_on=year[1])
    administrator.set_password(password)
    administrator.save()
    membership = Membership.objects.create(user=administrator, role=Role.SYSTEM_ADMIN, starts_on=timezone.localdate())
    record(action="set_up", actor_id=administrator.pk, role=Role.SYSTEM_ADMIN, obj=f"region {first_region.pk}")
    return membership


@transaction.atomic
def add_unit(actor: Actor, what: str, unit: Model) -> None:
    """Save a new region, district, school, agency, school year or break; units get a code of their own."""
    if isinstance(unit, Region | District | School):
        unit.code = f"{what}-{uuid4().hex[:12]}"
    unit.save()
    record(action="add_unit", actor_id=actor.user.pk, role=actor.role, obj=f"{what} {unit.pk}")


@transaction.atomic
def change_school(actor: Actor, school: School, fields: Collection[str]) -> None:
    """Save what was changed about a school; which fields they were is recorded."""
    school.save()
    record(
        action="change_school",
        actor_id=actor.user.pk,
        role=actor.role,
        obj=f"school {school.pk}",
        detail={"fields": sorted(fields)},
    )
