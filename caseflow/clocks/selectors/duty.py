"""Who is on duty, which calls ring for whom, and what a roster holds."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from caseflow.clocks.enums import Rung
from caseflow.clocks.models import DutyCall, DutyShift
from caseflow.clocks.selectors.absences import is_away
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Membership, School
from prepared import prepared

SHOWN_AFTER = timedelta(hours=2)  # how long the others see who has it
DAYS_OF_WEEK = 7
Unit = dict[str, int]

# Who may be on a roster, by kind of unit.
ON_DUTY = {
    "school": (Role.DUTY_PERSON, Role.PSYCHOLOGIST, Role.SOCIAL_PEDAGOGUE, Role.PRINCIPAL),
    "district": (Role.LEAD_PSYCHOLOGIST,),
    "region": (Role.LEAD_PSYCHOLOGIST,),
}
RUNG_ROLES = tuple(dict.fromkeys(role for roles in ON_DUTY.values() for role in roles))
ROSTER_KEEPERS = (Role.PRINCIPAL, Role.SCHOOL_ADMIN, Role.LEAD_PSYCHOLOGIST)
# Who is rung where nobody is on the roster, the first role that somebody holds.
OTHERWISE = {
    Rung.SCHOOL: (Role.DUTY_PERSON, Role.PSYCHOLOGIST),
    Rung.DISTRICT: (Role.LEAD_PSYCHOLOGIST,),
    Rung.REGION: (Role.LEAD_PSYCHOLOGIST,),
}
RINGING = Q(answered_at=None, ended_at=None)


@dataclass(frozen=True, slots=True)
class RosterDay:
    """The shifts that touch a day, the earliest first."""

    day: date
    shifts: tuple[DutyShift, ...]


def whom_to_ring(
    school: School, rung: int, *, at: datetime, not_for: Collection[int] = (), also_away: bool = False
) -> list[Membership]:
    """Who is rung for the school at this rung: those on the roster at that moment; at the school, where nobody is, the
    duty persons, else the psychologists; at district and region the lead psychologists. `not_for` are passed over,
    and so is who is away, unless nobody else is to be reached (`also_away`)."""
    unit = _unit_of(school, Rung(rung))
    people = eligible(unit, at).exclude(user__in=not_for)
    if not also_away:
        people = people.exclude(is_away(timezone.localdate(at)))
    shifts = DutyShift.objects.filter(membership=OuterRef("pk"), starts_at__lte=at, ends_at__gt=at, **unit)
    rostered = people.filter(Exists(shifts))
    otherwise = (people.filter(role=role) for role in OTHERWISE[Rung(rung)])
    return next((found for asked in (rostered, *otherwise) if (found := list(asked))), [])


def eligible(unit: Unit, at: datetime | None = None) -> QuerySet[Membership]:
    """Whose right in exactly this unit is in force on that day (today) and lets them be on duty."""
    day = timezone.localdate(at)
    in_force = Q(ends_on=None) | Q(ends_on__gte=day)
    (kind,) = unit
    members = Membership.objects.filter(in_force, starts_on__lte=day, user__is_active=True, role__in=ON_DUTY[kind])
    return members.filter(**unit).select_related("user").order_by("user__last_name", "user__first_name", "pk")


def own_calls(actor: Actor) -> QuerySet[DutyCall]:
    """The calls for which the actor was rung in this role, newest first; none that is kept from them since."""
    rung = DutyCall.objects.filter(told__membership=actor.membership).exclude(kept_from=actor.user)
    return rung.select_related("school", "answered_by", "helped_by").distinct()


def open_calls(actor: Actor) -> QuerySet[DutyCall]:
    """Of `own_calls` those that ring, and for two hours those that somebody has taken."""
    return _open_since(actor, timezone.now() - SHOWN_AFTER)


def open_calls_around(actor: Actor) -> list[DutyCall]:
    """What `open_calls` holds, for every page. One query."""
    return list(_around(actor, timezone.now() - SHOWN_AFTER))


@prepared
def _around(actor: Actor, since: datetime) -> QuerySet[DutyCall]:
    return _open_since(actor, since)


def _open_since(actor: Actor, since: datetime) -> QuerySet[DutyCall]:
    return own_calls(actor).filter(RINGING | Q(answered_at__gte=since), ended_at=None)


def unit_of_keeper(actor: Actor) -> Unit:
    """The unit whose roster the actor keeps, as a filter. Raises DutyShift.DoesNotExist where there is none."""
    for kind in ON_DUTY:
        pk = getattr(actor.membership, f"{kind}_id")
        if pk is not None and actor.role in ROSTER_KEEPERS:
            return {kind: pk}
    raise DutyShift.DoesNotExist


def candidates(actor: Actor) -> QuerySet[Membership]:
    """Who can be put on the actor's roster, by name."""
    return eligible(unit_of_keeper(actor))


def shifts_of(actor: Actor) -> QuerySet[DutyShift]:
    """The shifts of the actor's roster that are not over, the earliest first."""
    kept = DutyShift.objects.filter(ends_at__gt=timezone.now(), **unit_of_keeper(actor))
    return kept.select_related("membership__user")


def week_of(actor: Actor, first: date) -> list[RosterDay]:
    """Seven days of the actor's roster, past shifts too (one query)."""
    days = [first + timedelta(days=number) for number in range(DAYS_OF_WEEK)]
    begin, end = _midnight(first), _midnight(first + timedelta(days=DAYS_OF_WEEK))
    found = DutyShift.objects.filter(starts_at__lt=end, ends_at__gt=begin, **unit_of_keeper(actor))
    shifts = list(found.select_related("membership__user"))
    return [RosterDay(day, tuple(shift for shift in shifts if _touches(shift, day))) for day in days]


def _touches(shift: DutyShift, day: date) -> bool:
    return shift.starts_at < _midnight(day + timedelta(days=1)) and shift.ends_at > _midnight(day)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), timezone.get_default_timezone())


def _unit_of(school: School, rung: Rung) -> Unit:
    return {
        Rung.SCHOOL: {"school": school.pk},
        Rung.DISTRICT: {"district": school.district_id},
        Rung.REGION: {"region": school.district.region_id},
    }[rung]
