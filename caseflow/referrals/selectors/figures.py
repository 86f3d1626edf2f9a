"""What came of referrals to agencies, by district. Exact: the room that publishes decides what may be shown."""

from datetime import date, datetime

from django.db.models import Case, CharField, Count, Value, When

from caseflow.clocks.days import span
from caseflow.clocks.selectors.outcomes import outcome
from caseflow.directory.models import Region
from caseflow.referrals.enums import Kind, State
from caseflow.referrals.models import Referral

ENDED = "ended"
"""Rejected, revoked, or without consent any more: no answer is owed."""
Counts = dict[tuple[int, str], int]
"""By district and by `Outcome` or `ENDED`."""


def answered(region: Region, first: date, last: date, now: datetime) -> Counts:
    """Referrals sent to agencies on these days, both included, by what came of the answer. One query.

    One that the agency has not accepted by the deadline for that is missing; until then it waits.
    """
    begin, end = span(first, last)
    sent = Referral.objects.filter(kind=Kind.REFERRAL, agency__isnull=False, sent_at__gte=begin, sent_at__lt=end)
    value = Case(
        When(state__in=(State.REJECTED, State.REVOKED), then=Value(ENDED)),
        When(answer_clock=None, then=outcome("accept_clock", now)),
        default=outcome("answer_clock", now),
        output_field=CharField(),
    )
    rows = (
        sent.filter(from_school__district__region=region)
        .annotate(value=value)
        .order_by()
        .values_list("from_school__district", "value")
        .annotate(referrals=Count("pk"))
    )
    return {(district, value): count for district, value, count in rows}
