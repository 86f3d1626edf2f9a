"""Flows in which somebody who leaves is the second person (fact 4: nobody is left alone)."""

from django.db.models import QuerySet
from django.utils.translation import gettext

from caseflow.accounts.models import User
from caseflow.audit.services import record
from caseflow.cases.services.locking import lock_case
from caseflow.directory.models import Membership, School
from caseflow.protocols.models import Flow
from caseflow.protocols.selectors.seconds import possible_seconds
from caseflow.protocols.services.telling import name_second


def seconds_of(user_id: int, school: School) -> list[str]:
    """The running flows, by the number of their cases alone."""
    return [gettext("Case no. %(number)s") % {"number": flow.case.number} for flow in _running(user_id, school)]


def hand_over_seconds(by: User, user_id: int, school: School, successor: Membership | None) -> int:
    """Another second person for each: the successor if they may be it, else the nearest. Returns how many."""
    return sum(_name(by, flow, user_id, successor) for flow in _running(user_id, school))


def _name(by: User, flow: Flow, leaving: int, successor: Membership | None) -> bool:
    flow.case = lock_case(flow.case_id)
    possible = possible_seconds(flow.case).exclude(user__in=[leaving, *filter(None, [flow.started_by_id])])
    chosen = possible.filter(pk=successor.pk).first() if successor else None
    second = chosen or possible.first()
    if second is None:
        return False
    flow.second, flow.second_role = second.user, second.role
    flow.save(update_fields=["second", "second_role"])
    detail = {"flow": str(flow.pk), "second": second.user_id}
    record(action="flow_second_changed", actor_id=by.pk, role="", obj=f"flow {flow.pk}", detail=detail)
    name_second(flow, second)
    return True


def _running(user_id: int, school: School) -> QuerySet[Flow]:
    flows = Flow.objects.filter(second=user_id, case__school=school, ended_at=None)
    return flows.select_related("case").order_by("case__number", "pk")
