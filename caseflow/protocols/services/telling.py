"""Who is told of a flow: the second person by name, whoever leads the case, those on duty (fact 4)."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from guardian.shortcuts import assign_perm

from caseflow.cases.enums import EntryKind
from caseflow.cases.selectors.people import recipients_in_role, recipients_leading
from caseflow.cases.services.chronology import add_system_entry
from caseflow.clocks.enums import Rung
from caseflow.clocks.selectors import out_of_hours
from caseflow.clocks.services import call_duty, is_ringing
from caseflow.directory.enums import Role
from caseflow.directory.models import Membership
from caseflow.directory.selectors import accounts_of_parents
from caseflow.protocols.models import Flow
from caseflow.protocols.selectors.seconds import is_kept_from_school, nearest_second
from notifications.enums import AlertKind
from notifications.services import alert

if TYPE_CHECKING:
    from caseflow.accounts.models import User
    from notifications.texts import Params

DUTY_REASON = "high_risk"


def name_second(flow: Flow, second: Membership) -> None:
    """Let the second person into the case, tell them, and write down who it is."""
    case = flow.case
    if second.role == Role.LEAD_PSYCHOLOGIST:
        assign_perm("cases.work_on_case", second.user, case)
    name = {"name": second.user.short_name}
    add_system_entry(case, kind=EntryKind.TASK, code="flow_second", params=name, ref=f"flow:{flow.pk}")
    alert(
        recipients=[(second.user_id, second.pk)],
        kind=AlertKind.SECOND_PERSON if flow.is_high_risk else AlertKind.FLOW_SECOND,
        params=said_of(flow),
        url=page_of_flow(flow),
    )


def page_of_flow(flow: Flow) -> str:
    """Where the flow is worked on."""
    return reverse("protocols:flow", args=[flow.pk])


def said_of(flow: Flow) -> "Params":
    """What alerts say of a flow: of high risk they speak by their kind, any other protocol is named."""
    said: Params = {"number": flow.case.number, "school": flow.case.school.names}
    return said if flow.is_high_risk else {**said, "reason": flow.version.title}


def tell_leader(flow: Flow) -> None:
    """Whoever leads the case is told that the flow began, unless they began it."""
    if flow.case.owner_id != flow.started_by_id:
        alert(
            recipients=recipients_leading(flow.case),
            kind=AlertKind.HIGH_RISK if flow.is_high_risk else AlertKind.FLOW_BEGUN,
            params=said_of(flow),
            url=page_of_flow(flow),
        )


def tell_both(flow: Flow, kind: AlertKind, url: str, *, besides: "User | None") -> None:
    """Tell whoever leads the case and the second person, but not `besides`, who has brought it about and knows.

    Where the second person can no longer be told, another one is named first.
    """
    second = _second_of(flow) or _name_nearest(flow, besides)
    told = [*recipients_leading(flow.case), *second]
    known = besides.pk if besides else None
    recipients = [(user, right) for user, right in told if user != known]
    alert(recipients=recipients, kind=kind, params=said_of(flow), url=url)


def ring_where_nobody_hears(flow: Flow, by: "User | None", at: datetime) -> None:
    """Of high risk those on duty hear where nobody else does: whoever assesses or enters an answer is there, a pupil's
    own answer may come when nobody is. What is kept from the school rings above it."""
    if not flow.is_high_risk:
        return
    case, url = flow.case, page_of_flow(flow)
    unheard = flow.second_id is None or (by is None and out_of_hours(case.school, at))
    if unheard and not is_ringing(url):
        first = Rung.DISTRICT if is_kept_from_school(case) else Rung.SCHOOL
        parents = accounts_of_parents([case.pupil_id])
        call_duty(case.school, reason=DUTY_REASON, url=url, not_for=parents, first=first)


def _second_of(flow: Flow) -> list[tuple[int, int | None]]:
    """How an alert reaches the second person; empty where the role has ended, or where they lead the case by now."""
    if flow.second_id is None or flow.second_id == flow.case.owner_id:
        return []
    return recipients_in_role(flow.case, flow.second_id, flow.second_role)


def _name_nearest(flow: Flow, besides: "User | None") -> list[tuple[int, int | None]]:
    second = nearest_second(flow.case, besides.pk if besides else None)
    flow.second, flow.second_role = (second.user, second.role) if second else (None, "")
    flow.save(update_fields=["second", "second_role"])
    if second is None:
        return []
    name_second(flow, second)
    return [(second.user_id, second.pk)]
