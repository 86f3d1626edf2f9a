"""The police centres as the administrator sets them up: whom alarms call, and which of them reach nobody."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from caseflow.alarms.models import Centre
from caseflow.alarms.selectors.calling import answering, by_region, operators_of, rungs_from
from caseflow.directory.actors import Actor
from caseflow.directory.enums import AgencyKind, Role
from caseflow.directory.models import Agency, District, Region, School


@dataclass(frozen=True, slots=True)
class CentreRow:
    """A line of the list. `rungs` are the centres that alarms call which begin here, this one first; empty where none
    begins here. `is_called` says whether any alarm ever comes here; `operators` are people."""

    centre: Centre
    rungs: tuple[Centre, ...]
    is_called: bool
    operators: int


@dataclass(frozen=True, slots=True)
class Uncovered:
    """Districts of a region that have schools and no centre. Their alarms call the one over the region, `over`, or no
    police."""

    region: Region
    districts: tuple[District, ...]
    over: Centre | None


@dataclass(frozen=True, slots=True)
class CentreList:
    rows: tuple[CentreRow, ...]
    uncovered: tuple[Uncovered, ...]


def scoped_centres(actor: Actor) -> QuerySet[Centre]:
    """The centres in force, for the administrator, who serves the whole installation; for nobody else any."""
    if actor.role != Role.SYSTEM_ADMIN:
        return Centre.objects.none()
    return answering().select_related("agency__district", "agency__region")


def agencies_without_centre(actor: Actor) -> QuerySet[Agency]:
    """The police agencies that answer no alarms, for the administrator; for nobody else any."""
    if actor.role != Role.SYSTEM_ADMIN:
        return Agency.objects.none()
    silent = Agency.objects.filter(Q(centre=None) | Q(centre__ended_at__isnull=False), kind=AgencyKind.POLICE)
    return silent.select_related("district", "region").order_by("region__name_ru", "district__name_ru", "name_ru", "pk")


def others_of_region(actor: Actor, centre: Centre) -> QuerySet[Centre]:
    """The centres that may be called after this one: an alarm never leaves its region."""
    return scoped_centres(actor).filter(agency__region=centre.agency.region_id).exclude(pk=centre.pk)


def centres_listed(actor: Actor) -> CentreList:
    """The list, by region and district, and the districts left out (4 queries for any number of centres)."""
    centres = list(scoped_centres(actor))
    operators, regions = _operators(centres), by_region(centres)
    districts = District.objects.select_related("region").order_by("region__name_ru", "name_ru", "pk")
    with_schools = set(School.objects.order_by().values_list("district", flat=True).distinct())
    ladders = {district.pk: rungs_from(district.pk, regions[district.region_id]) for district in districts}
    begun = {rungs[0].pk: tuple(rungs) for rungs in ladders.values() if rungs}
    called = {centre.pk for rungs in ladders.values() for centre in rungs}
    rows = [
        CentreRow(centre, begun.get(centre.pk, ()), centre.pk in called, operators.get(centre.agency_id, 0))
        for centre in sorted(centres, key=_territory)
    ]
    alone = with_schools - {centre.agency.district_id for centre in centres}
    left: defaultdict[Region, list[District]] = defaultdict(list)
    for district in districts:
        if district.pk in alone:
            left[district.region].append(district)
    uncovered = [Uncovered(at, tuple(named), next(iter(ladders[named[0].pk]), None)) for at, named in left.items()]
    return CentreList(tuple(rows), tuple(uncovered))


def silenced_without(centre: Centre) -> list[District]:
    """The districts with schools whose alarms reach some centre now and would reach none without this one."""
    region = centre.agency.region_id
    now = by_region(answering().filter(agency__region=region))[region]
    then = {pk: other for pk, other in now.items() if pk != centre.pk}
    districts = District.objects.filter(region=region, schools__isnull=False).distinct()
    return [each for each in districts if rungs_from(each.pk, now) and not rungs_from(each.pk, then)]


def _operators(centres: Collection[Centre]) -> dict[int, int]:
    """Agency id → how many people answer there."""
    counted = operators_of(*centres).order_by().values_list("agency").annotate(Count("user", distinct=True))
    return dict(counted)


def _territory(centre: Centre) -> tuple[str, bool, str]:
    """What the list is sorted by: region, its districts, then the one over it."""
    agency = centre.agency
    return agency.region.name, agency.district is None, agency.district.name if agency.district else ""
