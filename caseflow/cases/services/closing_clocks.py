"""The clocks of wishes to close a case: who is reminded, who hears that no answer came, and what the case keeps."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from caseflow.cases.enums import ClosingState, EntryKind
from caseflow.cases.models import ClosingRequest
from caseflow.cases.selectors.people import recipients_in_role
from caseflow.cases.selectors.scope import scoped_cases
from caseflow.cases.services.chronology import write_entry
from caseflow.cases.services.climbing import told_of
from caseflow.clocks.matters import Look, Matter
from caseflow.clocks.models import Clock
from caseflow.clocks.services import tell_of_deadline
from caseflow.clocks.watchers import Told
from caseflow.directory.actors import Actor
from notifications.enums import AlertKind

MISSED, MISSED_ALONE = "closing_unanswered", "closing_unanswered_alone"
AROUND = ("case__pupil", "case__owner", "case__data_key", "case__school__district", "owner", "clock")


def remind_of_closing(clock_ids: list[UUID]) -> None:
    """Remind the lead psychologist whose answer is nearly due; the ladder tells of a missed one."""
    for asked in _waiting().filter(clock__in=clock_ids, clock__escalated_at=None):
        tell_of_deadline(
            asked.clock,
            recipients_in_role(asked.case, asked.owner_id, asked.owner_role),
            kind=AlertKind.DEADLINE_NEAR,
            params={
                "clock": asked.clock.code,
                "due": asked.clock.due_at.isoformat(),
                "school": asked.case.school.names,
            },
            url=_page(asked),
        )


def targets_of_closing(clock_id: UUID, targets: frozenset[str]) -> list[Told]:
    """Those of `targets` who may know that nobody answered."""
    return [one for asked in _waiting().filter(clock=clock_id) for one in told_of(asked, targets, _page(asked))]


def matter_of_closing(actor: Actor, clock_id: UUID) -> Matter | None:
    """The wish behind the clock, for whoever may open the case; nobody pauses or extends it."""
    asked = _waiting().filter(clock=clock_id, case__in=scoped_cases(actor).values("pk")).first()
    if asked is None:
        return None
    title = gettext("The closing of case no. %(number)s") % {"number": asked.case.number}
    return Matter(title, _page(asked), asked.case.data_key, may_change=False, pupil_id=asked.case.pupil_id)


def chronicle_closing(clock_id: UUID, step: int, told: list[str]) -> None:
    """Enter into the chronology that a step was reached, and who was told at it."""
    for asked in ClosingRequest.objects.filter(clock=clock_id).select_related(*AROUND):
        code = MISSED if told else MISSED_ALONE
        write_entry(asked.case, kind=EntryKind.CASE, code=code, author=None, params={"step": step, "whom": told})


def looks_at_closings(actor: Actor, clock_ids: Collection[UUID]) -> dict[UUID, Look]:
    """Who is asked; the page for those who may open the case."""
    asked = list(_waiting().filter(clock__in=clock_ids))
    open_to = set(scoped_cases(actor).filter(pk__in=[one.case_id for one in asked]).values_list("pk", flat=True))
    return {one.clock_id: Look(one.owner.short_name, _page(one) if one.case_id in open_to else "") for one in asked}


def clocks_about(pupils: Collection[UUID]) -> QuerySet[Clock]:
    """The clocks of requests to close cases of these pupils."""
    return Clock.objects.filter(pk__in=ClosingRequest.objects.filter(case__pupil__in=pupils).values("clock"))


def _waiting() -> QuerySet[ClosingRequest]:
    return ClosingRequest.objects.filter(state=ClosingState.ASKED).select_related(*AROUND)


def _page(asked: ClosingRequest) -> str:
    return reverse("cases:close", args=[asked.case_id])
