"""The clocks of referrals: who is reminded, who hears of a missed one, and what the case keeps of it."""

from collections.abc import Callable, Collection
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from caseflow.cases.enums import EntryKind
from caseflow.cases.selectors.scope import scoped_cases
from caseflow.cases.services import add_system_entry
from caseflow.cases.services.climbing import TARGETS, told_of
from caseflow.clocks.matters import Look, Matter
from caseflow.clocks.models import Clock
from caseflow.clocks.services import tell_of_deadline
from caseflow.clocks.watchers import Told
from caseflow.directory.actors import Actor
from caseflow.directory.selectors import recipients
from caseflow.referrals.models import Referral
from caseflow.referrals.selectors.grounds import reviewers_of, to_review
from caseflow.referrals.selectors.people import Pairs, receivers_of, senders_of
from caseflow.referrals.selectors.scope import AROUND
from caseflow.referrals.services.sending import REVIEW
from caseflow.referrals.services.telling import page
from notifications.enums import AlertKind

MISSED, MISSED_ALONE = "referral_overdue", "referral_overdue_alone"
UNREVIEWED, UNREVIEWED_ALONE = "ground_unreviewed", "ground_unreviewed_alone"
RECEIVERS, SENDER = "agency:agency_officer", "school:psychologist"


class Held:
    """A referral as the ladder of a case sees it: whoever leads the case has it."""

    def __init__(self, referral: Referral) -> None:
        self.case, self.owner_id, self.owner_role = referral.case, referral.case.owner_id, ""


def remind_of_referral(clock_ids: list[UUID]) -> None:
    """Remind the receivers, or the leads who look at a ground, that an answer is nearly due."""
    for clock in Clock.objects.filter(pk__in=clock_ids, escalated_at=None).select_related("school"):
        for referral in _of(clock.pk):
            tell_of_deadline(
                clock,
                recipients(reviewers_of(referral) if clock.code == REVIEW else receivers_of(referral)),
                kind=AlertKind.DEADLINE_NEAR,
                params={"clock": clock.code, "due": clock.due_at.isoformat(), "school": clock.place.names},
                url=_url(clock, referral),
            )


def targets_of_referral(clock_id: UUID, targets: frozenset[str]) -> list[Told]:
    """Those of `targets` who may know that it was missed; the leads above are led to the list of cases."""
    return [one for referral in _of(clock_id) for one in _told(referral, targets)]


def matter_of_referral(actor: Actor, clock_id: UUID) -> Matter | None:
    """The referral behind the clock, for whoever may open the case, or looks at its ground; nobody changes its term."""
    may_see = Q(case__in=scoped_cases(actor).values("pk")) | Q(pk__in=to_review(actor).values("pk"))
    referral = _of(clock_id).filter(may_see).first()
    if referral is None:
        return None
    title = gettext("A referral in case no. %(number)s") % {"number": referral.case.number}
    url = _url(Clock.objects.get(pk=clock_id), referral)
    return Matter(title, url, referral.case.data_key, may_change=False, pupil_id=referral.case.pupil_id)


def chronicle_referral(clock_id: UUID, step: int, told: list[str]) -> None:
    """Enter into the chronology which silence reached a rung of the ladder, and who was told at it."""
    for referral in _of(clock_id):
        by_lead = referral.review_clock_id == clock_id
        said, alone = (UNREVIEWED, UNREVIEWED_ALONE) if by_lead else (MISSED, MISSED_ALONE)
        add_system_entry(
            referral.case,
            kind=EntryKind.REFERRAL,
            code=said if told else alone,
            params={"step": step, "whom": told},
            ref=f"referral:{referral.pk}",
        )


def looks_at_referrals(actor: Actor, clock_ids: Collection[UUID]) -> dict[UUID, Look]:
    """Who has it: the receiver's name; the page for those who may open the case."""
    ids, found = set(clock_ids), {}
    asked = list(Referral.objects.filter(_clocked(clock_ids)).select_related(*AROUND))
    open_to = set(scoped_cases(actor).filter(pk__in=[one.case_id for one in asked]).values_list("pk", flat=True))
    for referral in asked:
        link = page(referral) if referral.case_id in open_to else ""
        for clock_id in ids & {referral.accept_clock_id, referral.answer_clock_id}:
            found[clock_id] = Look(str(referral.receiver), link)
        for clock_id in ids & {referral.review_clock_id}:
            found[clock_id] = Look("", link)
    return found


def clocks_about(pupils: Collection[UUID]) -> QuerySet[Clock]:
    """The clocks of referrals about these pupils."""
    own = Referral.objects.filter(case__pupil__in=pupils)
    fields = ("accept_clock", "answer_clock", "review_clock")
    clocks = Q()
    for field in fields:
        clocks |= Q(pk__in=own.filter(**{f"{field}__isnull": False}).values(field))
    return Clock.objects.filter(clocks)


def _of(clock_id: UUID) -> QuerySet[Referral]:
    return Referral.objects.filter(_clocked([clock_id])).select_related(*AROUND)


def _clocked(clock_ids: Collection[UUID]) -> Q:
    ids = list(clock_ids)
    return Q(accept_clock__in=ids) | Q(answer_clock__in=ids) | Q(review_clock__in=ids)


def _told(referral: Referral, targets: frozenset[str]) -> list[Told]:
    mine: dict[str, Callable[[Referral], Pairs]] = {RECEIVERS: _receivers, SENDER: senders_of}
    own = [
        Told(target, user, membership, page(referral))
        for target in sorted(targets & mine.keys())
        for user, membership in mine[target](referral)
    ]
    return own + told_of(Held(referral), targets & TARGETS.keys() - mine.keys(), reverse("cases:list"))


def _receivers(referral: Referral) -> Pairs:
    return recipients(receivers_of(referral))


def _url(clock: Clock, referral: Referral) -> str:
    return reverse("referrals:ground", args=[referral.pk]) if clock.code == REVIEW else page(referral)
