"""Who can open what a duty call is about."""

from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

from caseflow.clocks.models import DutyCall
from caseflow.directory.enums import Role
from caseflow.directory.models import Membership
from caseflow.directory.selectors import WITH_UNIT, leads_over_school, members_of_school


def may_open(call: DutyCall, role: str) -> bool:
    """Whether the page that a call is about is for this role; what is shown there it decides itself."""
    try:
        view = resolve(urlsplit(call.url).path).func
    except Resolver404:
        return False
    return role in getattr(view, "roles", ())


def who_can_open(call: DutyCall) -> list[Membership]:
    """The psychologists of the school and the leads over it who can, nobody from whom it is kept (rule 10b)."""
    people = [
        *members_of_school(call.school, [Role.PSYCHOLOGIST]).select_related("user", *WITH_UNIT),
        *leads_over_school(call.school).select_related("user", *WITH_UNIT),
    ]
    kept = set(call.kept_from.values_list("pk", flat=True))
    return [who for who in people if who.user_id not in kept and may_open(call, who.role)]
