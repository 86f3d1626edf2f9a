from uuid import UUID

from django.db import transaction

from caseflow.cases.models import Case
from caseflow.cases.selectors.scope import case_in_reach
from caseflow.cases.services.locking import log
from caseflow.directory.actors import Actor
from caseflow.protocols.models import Flow, ProtocolVersion
from caseflow.protocols.selectors.flows import FlowPage, flow_page, flows_of
from caseflow.protocols.selectors.protocols import versions_to_begin


@transaction.atomic
def open_flow(actor: Actor, flow_id: UUID) -> FlowPage:
    """The flow's page; the reading is logged. Raises Flow.DoesNotExist outside the actor's scope."""
    page = flow_page(actor, flow_id)
    log(actor, "flow_read", page.flow.case, flow=str(flow_id))
    return page


def flows_of_case(actor: Actor, case_id: UUID) -> tuple[Case, list[Flow], list[ProtocolVersion]]:
    """The case's flows with what can be begun besides. Raises Case.DoesNotExist outside the actor's scope."""
    case = case_in_reach(actor, case_id)
    flows = list(flows_of(case))
    running = {flow.version.protocol.code for flow in flows if flow.is_running}
    begin = [version for version in versions_to_begin(case.school) if version.protocol.code not in running]
    return case, flows, begin if case.is_open else []
