"""Suspicions of the past quarters that were found to be bullying: two acts between the same two pupils. All invented.

Only where the demo has pupils: at the schools of the past cases.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from itertools import cycle, groupby

from caseflow.accounts.models import User
from caseflow.demo.neighbours import Neighbour
from caseflow.directory.models import Pupil, School
from caseflow.incidents.enums import SUSPECTED_BULLYING, PartyRole
from caseflow.incidents.models import Bullying, BullyingAct, Incident, Party

OF_REPORTS = 3
"""Of so many reports of a school, one after another, the first two tell of the same two pupils."""
FOUND_AFTER = timedelta(days=2)
ACTS_WITHIN = timedelta(days=40)

Acts = tuple[Incident, Incident]
Pair = tuple[Pupil, Pupil]


def make_past_bullying(neighbours: tuple[Neighbour, ...], now: datetime) -> None:
    """The findings, each with the parties of the reports on which it rests."""
    leading = {school: user for neighbour in neighbours for school, user in neighbour.psychologists}
    found = [
        (acts, pair, _finding(acts, pair, leading[acts[0].school]))
        for acts, pair in _between(leading)
        if acts[1].created_at + FOUND_AFTER < now
    ]
    Party.objects.bulk_create(
        Party(incident=act, pupil=pupil, role=role)
        for acts, pair, _finding in found
        for act in acts
        for pupil, role in zip(pair, (PartyRole.SAID_TO_HAVE_HARMED, PartyRole.HARMED), strict=True)
    )
    Bullying.objects.bulk_create(finding for _acts, _pair, finding in found)
    BullyingAct.objects.bulk_create(
        BullyingAct(finding=finding, incident=act) for acts, _pair, finding in found for act in acts
    )


def _between(leading: Mapping[School, User]) -> Iterator[tuple[Acts, Pair]]:
    """Two reports of a school that soon followed one another, and the two pupils of whom both tell."""
    suspected = Incident.objects.filter(school__in=leading, category__in=SUSPECTED_BULLYING)
    rows = suspected.select_related("school").order_by("school", "created_at", "number")
    for school, reports in groupby(rows, key=lambda row: row.school):
        pupils = cycle(Pupil.objects.filter(school=school).order_by("number"))
        told = list(reports)
        for first, second in zip(told[::OF_REPORTS], told[1::OF_REPORTS], strict=False):
            if second.created_at - first.created_at < ACTS_WITHIN:
                yield (first, second), (next(pupils), next(pupils))


def _finding(acts: Acts, pair: Pair, by: User) -> Bullying:
    said, harmed = pair
    return Bullying(incident=acts[1], said=said, harmed=harmed, by=by, at=acts[1].created_at + FOUND_AFTER)
