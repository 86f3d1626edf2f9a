"""Duty for tests. Everything is invented."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from caseflow.clocks.models import DeadlineRule, DutyCall, DutyShift
from caseflow.clocks.services import call_duty
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import School
from notifications.models import Alert
from tests.directory.factories import SchoolFactory, actor

URL = "/duty/calls/"  # open to everybody who can be rung


@dataclass(frozen=True, slots=True)
class Staffed:
    """A school with somebody to be rung at each rung."""

    school: School
    duty_person: Actor
    psychologist: Actor
    district_lead: Actor
    region_lead: Actor

    @property
    def ladder(self) -> list[Actor]:
        """Whom an unanswered call reaches, in order."""
        return [self.duty_person, self.district_lead, self.region_lead]


def staffed_school() -> Staffed:
    school = SchoolFactory.create()
    return Staffed(
        school,
        actor(Role.DUTY_PERSON, school=school),
        actor(Role.PSYCHOLOGIST, school=school),
        actor(Role.LEAD_PSYCHOLOGIST, district=school.district),
        actor(Role.LEAD_PSYCHOLOGIST, region=school.district.region),
    )


def on_duty(who: Actor, starts_at: datetime | None = None, **unit: Any) -> DutyShift:
    """A shift of somebody, from an hour ago for eight hours unless said otherwise."""
    begins = starts_at or timezone.now() - timedelta(hours=1)
    shift: DutyShift = DutyShift.objects.create(
        membership=who.membership, starts_at=begins, ends_at=begins + timedelta(hours=8), **unit
    )
    return shift


def called(school: School, **facts: Any) -> DutyCall:
    return call_duty(school, **{"reason": "acute_item", "url": URL} | facts)


def unheard() -> str:
    """A deadline that an installation has added: it has no ladder, and no room wants to hear of it."""
    term = {"amount": 1, "unit": "days", "basis": "working", "source": "[P]", "effective_from": date(2020, 9, 1)}
    return DeadlineRule.objects.get_or_create(code="unheard", defaults=term)[0].code


def rung(call: DutyCall) -> list[tuple[int, int]]:
    """Who was rung, in order: the number of the ring and the user."""
    return list(call.told.order_by("number", "rung", "pk").values_list("number", "membership__user"))


def alerted() -> list[int]:
    """Whom duty calls have alerted, in order."""
    return list(Alert.objects.filter(kind="duty_call").order_by("pk").values_list("recipient", flat=True))
