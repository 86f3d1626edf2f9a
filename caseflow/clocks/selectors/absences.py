"""Who is away, who stands in, and who could."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from caseflow.clocks.models import Absence
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Membership
from caseflow.directory.models.memberships import UNITS

SERVICE = (Role.PSYCHOLOGIST, Role.SOCIAL_PEDAGOGUE, Role.CLASS_TEACHER, Role.LEAD_PSYCHOLOGIST)
LED = (Role.PSYCHOLOGIST, Role.SOCIAL_PEDAGOGUE)  # whose absences the lead psychologist enters
LONGEST_CHAIN = 3  # who stands in may be away as well
WITH_PEOPLE = ("membership__user", "stand_in__user")


def away_on(day: date | None = None, path: str = "") -> Q:
    """Absences on that day (today), those that somebody ended early not among them."""
    on = day or timezone.localdate()
    return Q(**{f"{path}ended_at": None, f"{path}first_day__lte": on, f"{path}last_day__gte": on})


def is_away(day: date | None = None) -> Exists:
    """For a query of memberships: whether it is somebody who is away then."""
    return Exists(Absence.objects.filter(away_on(day), membership=OuterRef("pk")))


def absences_on(memberships: Iterable[int], day: date | None = None) -> dict[int, Absence]:
    """Who of these is away on that day (today), by membership. One query."""
    found = Absence.objects.filter(away_on(day), membership__in=list(memberships)).select_related(*WITH_PEOPLE)
    return {absence.membership_id: absence for absence in found}


def stand_ins_of(memberships: Collection[int], day: date | None = None) -> dict[int, Membership]:
    """Who stands in today for those of these who are away, by the membership that is away.

    Where who stands in is away too, it is the one who stands in for them.
    """
    return stand_ins_by(absences_on(memberships, day), day) if memberships else {}


def stand_ins_by(absences: Mapping[int, Absence], day: date | None = None) -> dict[int, Membership]:
    """The same for whose absences are known, by membership. At most two queries."""
    found: dict[int, Membership] = {}
    asked = {pk: pk for pk in absences}  # who is asked for → whose absence is looked at
    for link in range(LONGEST_CHAIN):
        if link:
            absences = absences_on(asked.values(), day) if asked else {}
        asked = {pk: absences[at].stand_in_id for pk, at in asked.items() if at in absences}
        found |= {
            pk: absence.stand_in
            for pk, at in asked.items()
            for absence in absences.values()
            if absence.stand_in_id == at
        }
    return found


def possible_stand_ins(who: Membership) -> QuerySet[Membership]:
    """Who can stand in: the same role in the same unit, or, in the psychological service, the lead above."""
    same = Q(role=who.role) & Q(**{unit: getattr(who, f"{unit}_id") for unit in UNITS})
    people = Membership.objects.filter(_in_force(), same | _leads_above(who), user__is_active=True)
    named = people.exclude(user=who.user_id).select_related("user", "school", "district", "region")
    return named.order_by("user__last_name", "user__first_name", "pk")


def led_staff(actor: Actor) -> QuerySet[Membership]:
    """Whose absences a lead psychologist enters: the service of the schools and the leads below; others enter none."""
    if actor.role != Role.LEAD_PSYCHOLOGIST:
        return Membership.objects.none()
    region = actor.membership.region_id
    below = Q(role=Role.LEAD_PSYCHOLOGIST, district__region=region) if region else Q(pk=None)
    led = Q(role__in=LED, school__in=actor.schools()) | below
    staff = Membership.objects.filter(_in_force(), led, user__is_active=True).exclude(user=actor.user)
    units = ("user", "school", "district", "region", "school_class__school")
    return staff.select_related(*units).order_by("user__last_name", "user__first_name", "pk")


def absentee(actor: Actor, member_id: int | None) -> Membership:
    """The actor's own membership, or one whose absences the actor enters. Raises Membership.DoesNotExist."""
    if member_id is None or member_id == actor.membership.pk:
        return actor.membership
    return led_staff(actor).get(pk=member_id)


def absences_of(who: Membership) -> QuerySet[Absence]:
    """The absences of somebody in a role that are not over, the nearest first."""
    return _unended().filter(membership=who)


def absences_seen(actor: Actor) -> QuerySet[Absence]:
    """Those that the actor may end: the own ones, and those of the people they lead."""
    return may_end(actor, _unended())


def may_end(actor: Actor, absences: QuerySet[Absence]) -> QuerySet[Absence]:
    """Those of the actor, and of the people whom the actor leads."""
    return absences.filter(Q(membership=actor.membership) | Q(membership__in=led_staff(actor).values("pk")))


def standing_in(actor: Actor) -> QuerySet[Absence]:
    """For whom the actor stands in, now or soon."""
    return _unended().filter(stand_in=actor.membership)


def covered_by(actor: Actor) -> list[Membership]:
    """For whom the actor stands in today, and for whom those do who are away as well. One query where nobody is."""
    found: dict[int, Membership] = {}
    asked = [actor.membership.pk]
    while asked and len(found) <= LONGEST_CHAIN:
        absences = Absence.objects.filter(away_on(), stand_in__in=asked).exclude(membership__in=found)
        asked = [absence.membership_id for absence in absences.select_related("membership")]
        found |= {absence.membership_id: absence.membership for absence in absences}
    return list(found.values())


def _unended() -> QuerySet[Absence]:
    unended = Absence.objects.filter(ended_at=None, last_day__gte=timezone.localdate())
    return unended.select_related(*WITH_PEOPLE)


def _leads_above(who: Membership) -> Q:
    if who.role not in SERVICE:
        return Q(pk=None)
    school = who.school or (who.school_class.school if who.school_class else None)
    district = school.district if school else who.district
    if district is None:
        return Q(pk=None)
    over = Q(region=district.region_id) | (Q(district=district.pk) if school else Q(pk=None))
    return Q(role=Role.LEAD_PSYCHOLOGIST) & over


def _in_force() -> Q:
    today = timezone.localdate()
    return Q(starts_on__lte=today) & (Q(ends_on=None) | Q(ends_on__gte=today))
