"""Who is told when a button's monthly test was missed (docs/decisions/how-a-drill-is-told-from-an-alarm.md)."""

from uuid import UUID

from django.urls import reverse

from caseflow.alarms.models import Button
from caseflow.alarms.selectors.drills import officers_of
from caseflow.clocks.watchers import Told
from caseflow.directory.enums import Role
from caseflow.directory.selectors import members_of_region, members_of_school


def targets_of_test_clock(clock_id: UUID, targets: frozenset[str]) -> list[Told]:
    """The drill officer to whom the plan opens, and the keepers of the school's register."""
    button = Button.objects.filter(test_clock=clock_id, device__ended_at=None)
    school = next((one.device.school for one in button.select_related("device__school__district__region")), None)
    if school is None:
        return []
    plan, register = reverse("alarms:drills"), reverse("alarms:buttons")
    people = {
        "district:drill_officer": (officers_of(school), plan),
        "school:principal": (members_of_school(school, [Role.PRINCIPAL]), register),
        "school:school_admin": (members_of_school(school, [Role.SCHOOL_ADMIN]), register),
        "region:drill_officer": (members_of_region(school.district.region, [Role.DRILL_OFFICER]), plan),
    }
    return [
        Told(target, who.user_id, who.pk, url)
        for target, (members, url) in people.items()
        if target in targets
        for who in members
    ]
