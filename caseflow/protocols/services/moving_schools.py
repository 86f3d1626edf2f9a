"""A flow goes over to another school with its case."""

from caseflow.cases.models import Case
from caseflow.clocks.models import Clock
from caseflow.directory.actors import Actor
from caseflow.protocols.models import Flow
from caseflow.protocols.selectors.seconds import nearest_second
from caseflow.protocols.services.telling import name_second


def follow_transfer(owner: Actor, case: Case) -> None:
    """Let the steps count at the new school, and name a second person there: the former one may not open the case."""
    for flow in Flow.objects.filter(case=case, ended_at=None).select_related("version"):
        flow.case = case
        Clock.objects.filter(flow_step__flow=flow, stopped_at=None).update(school=case.school)
        second = nearest_second(case, owner.user.pk)
        flow.second, flow.second_role = (second.user, second.role) if second else (None, "")
        flow.save(update_fields=["second", "second_role"])
        if second:
            name_second(flow, second)
