"""Drills for tests."""

from datetime import timedelta

from django.utils import timezone

from caseflow.alarms.models import Device, Drill
from caseflow.alarms.services import arm_drill, plan_drill
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import School
from tests.directory.factories import actor


def officer_of(school: School) -> Actor:
    return actor(Role.DRILL_OFFICER, district=school.district)


def planned(officer: Actor, device: Device) -> Drill:
    return plan_drill(officer, device.pk, timezone.now() + timedelta(days=1))


def armed(officer: Actor, device: Device) -> Drill:
    """A drill of the device that waits for its press."""
    return arm_drill(officer, planned(officer, device).pk)
