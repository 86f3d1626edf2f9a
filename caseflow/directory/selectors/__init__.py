from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import holidays
from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from caseflow.accounts.models import User
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import (
    Agency,
    Camera,
    Guardian,
    Guardianship,
    ImportDraft,
    LessonSlot,
    Membership,
    Pupil,
    Region,
    Room,
    School,
    SchoolBreak,
    SchoolClass,
    SchoolYear,
)
from caseflow.directory.rules import goes_on, in_force, is_called, stands, still_here
from prepared import prepared

HOLIDAY_NAMES = (  # as the package `holidays` spells them; here for the translators
    gettext_noop("New Year's Day"),
    gettext_noop("Orthodox Christmas"),
    gettext_noop("International Women's Day"),
    gettext_noop("Nowruz Holiday"),
    gettext_noop("Kazakhstan's People Solidarity Holiday"),
    gettext_noop("Defender of the Fatherland Day"),
    gettext_noop("Victory Day"),
    gettext_noop("Capital Day"),
    gettext_noop("Constitution Day"),
    gettext_noop("Republic Day"),
    gettext_noop("Independence Day"),
    gettext_noop("Eid al-Adha"),
    gettext_noop("Day off"),  # moved from a holiday that fell on a weekend
)
ACTING = "membership"  # the session key of the acting membership
WITH_UNIT = ("region", "district", "school", "school_class__school", "agency", "guardian", "pupil")


def active_memberships(user_id: int, on: date | None = None) -> QuerySet[Membership]:
    """The memberships of the user in force on that day (today), oldest first."""
    return _in_force(on).filter(user=user_id).select_related(*WITH_UNIT)


def memberships_today(user_id: int) -> list[Membership]:
    """`active_memberships` of today, read (1 query)."""
    return _memberships_on(user_id, timezone.localdate())


def acting_membership(memberships: Iterable[Membership], chosen: int | None) -> Membership | None:
    """The chosen one of those in force, else the first, else None."""
    by_id = {m.pk: m for m in memberships}
    right = _acting(list(by_id), chosen)
    return None if right is None else by_id[right]


@prepared
def _owners_on(day: date, membership_ids: tuple[int, ...]) -> QuerySet[Membership, tuple[int, int]]:
    return _in_force(day).filter(pk__in=membership_ids).values_list("user_id", "pk")


@prepared
def _memberships_on(user_id: int, day: date) -> QuerySet[Membership]:
    return active_memberships(user_id, day)


def _acting(in_force: list[int], chosen: int | None) -> int | None:
    """The one rule of which right is acted by: the chosen one, else the oldest in force, else none."""
    return chosen if chosen in in_force else next(iter(in_force), None)


def readable_memberships(claims: Set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Those of the (user id, membership id) whose membership belongs to the user and is in force now (1 query)."""
    memberships = tuple(sorted({membership for _, membership in claims}))
    return set(_owners_on(timezone.localdate(), memberships)) & claims


def acting_rights(signed_in: Mapping[str, tuple[int, Mapping[str, Any]]]) -> dict[str, int]:
    """By which membership each of the sessions (key → user id, content) acts now, by the rule of the pages (1 query).

    A session whose user has no right in force is left out.
    """
    in_force: defaultdict[int, list[int]] = defaultdict(list)
    owners = {user for user, _ in signed_in.values()}
    for user, right in _in_force(None).filter(user__in=owners).values_list("user_id", "pk").order_by("pk"):
        in_force[user].append(right)
    acting = {key: _acting(in_force[user], content.get(ACTING)) for key, (user, content) in signed_in.items()}
    return {key: right for key, right in acting.items() if right is not None}


def members_of_school(school: School, roles: Iterable[Role]) -> QuerySet[Membership]:
    """The memberships in force in exactly this school, in these roles."""
    return members_of_schools([school.pk], roles)


def members_of_schools(schools: Iterable[int], roles: Iterable[Role], on: date | None = None) -> QuerySet[Membership]:
    """The memberships in force on that day (today) in these roles in exactly the schools with these ids."""
    return _in_force(on).filter(school__in=list(schools), role__in=list(roles), user__is_active=True)


def members_of_region(region: Region, roles: Iterable[Role]) -> QuerySet[Membership]:
    """The memberships in force in exactly this region, in these roles."""
    return _in_force(None).filter(region=region, role__in=list(roles), user__is_active=True)


def members_of_installation(roles: Iterable[Role]) -> QuerySet[Membership]:
    """The memberships in force of those who serve the whole installation, in these roles."""
    return _in_force(None).filter(role__in=list(roles), user__is_active=True)


def officers_of(agency: Agency) -> QuerySet[Membership]:
    """The memberships in force of whoever works on what comes to the agency, and of its head."""
    return _in_force(None).filter(agency=agency, role__in=(Role.AGENCY_OFFICER, Role.AGENCY_HEAD), user__is_active=True)


def leads_over_school(school: School) -> QuerySet[Membership]:
    """The lead psychologists of the school's district and region."""
    over = Q(district=school.district_id) | Q(region=school.district.region_id)
    return _in_force(None).filter(over, role=Role.LEAD_PSYCHOLOGIST, user__is_active=True)


def recipients(memberships: QuerySet[Membership]) -> list[tuple[int, int | None]]:
    """(user id, membership id) pairs, as alerts are addressed."""
    return list(memberships.values_list("user_id", "pk"))


def _in_force(on: date | None) -> QuerySet[Membership]:
    day = on or timezone.localdate()
    return Membership.objects.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)


def guardians_of(pupil: Pupil) -> QuerySet[Guardianship]:
    """The guardianships of the pupil in force today."""
    return pupil.guardianships.filter(stands()).select_related("guardian").order_by("pk")


def classes_with_counts(actor: Actor) -> QuerySet[SchoolClass]:
    """The classes of the running school year with `pupil_count`, leavers not counted."""
    today = timezone.localdate()
    present = Count("pupils", filter=still_here("pupils__"))
    running = actor.classes().filter(year__starts_on__lte=today, year__ends_on__gte=today)
    return running.select_related("school").annotate(pupil_count=present).order_by("school", "grade", "letter")


def classes_ahead(actor: Actor) -> QuerySet[SchoolClass]:
    """The actor's classes of the running school year and of those to come, school by school."""
    ahead = actor.classes().filter(year__ends_on__gte=timezone.localdate()).select_related("school", "year")
    return ahead.order_by("school__name_ru", "school", "year__starts_on", "grade", "letter")


@dataclass(frozen=True, slots=True)
class Roll:
    """A class, its pupils without leavers, and its weekly lessons in order, without those that were taken out."""

    school_class: SchoolClass
    pupils: QuerySet[Pupil]
    lessons: QuerySet[LessonSlot]


def roll_of(actor: Actor, class_id: int) -> Roll:
    """One of the actor's classes. Raises SchoolClass.DoesNotExist outside the scope."""
    school_class = actor.classes().select_related("school", "year").get(pk=class_id)
    lessons = school_class.slots.filter(goes_on()).select_related("room", "teacher").order_by("weekday", "starts_at")
    return Roll(school_class, actor.pupils().filter(school_class=school_class), lessons)


def timetable_of(actor: Actor) -> QuerySet[LessonSlot]:
    """The weekly lessons of this and the coming school years that the actor reaches, by year, class, day and time."""
    slots = LessonSlot.objects.filter(goes_on(), school_class__in=classes_ahead(actor))
    order = ("school_class__year__starts_on", "school_class__grade", "school_class__letter", "weekday", "starts_at")
    return slots.select_related("school_class__year", "room", "teacher").order_by(*order)


def rivals(slot: LessonSlot) -> QuerySet[LessonSlot]:
    """The other lessons of the slot's class or room at its time of the week, whenever they are in force."""
    same = Q(school_class=slot.school_class) | Q(room=slot.room)
    meeting = LessonSlot.objects.filter(starts_at__lt=slot.ends_at, ends_at__gt=slot.starts_at, weekday=slot.weekday)
    return meeting.filter(same).exclude(pk=slot.pk)


def free_from(slot: LessonSlot) -> date | None:
    """The day after the last rival that was taken out of the timetable; None: free since the school year began."""
    year = slot.school_class.year
    ended = rivals(slot).filter(in_force(year.starts_on, year.ends_on)).exclude(goes_on())
    last: date | None = ended.aggregate(last=Max("ends_on"))["last"]
    return last + timedelta(days=1) if last else None


def collides(slot: LessonSlot) -> bool:
    """Whether a new lesson would be in force on a day on which a rival is."""
    year = slot.school_class.year
    first = free_from(slot) or year.starts_on
    return first > year.ends_on or rivals(slot).filter(in_force(first, year.ends_on)).exists()


def rooms_with_cameras(actor: Actor) -> QuerySet[Room]:
    """The rooms of the actor's schools with their cameras."""
    return Room.objects.filter(school__in=actor.schools()).select_related("school").prefetch_related("cameras")


def cameras_of(actor: Actor) -> QuerySet[Camera]:
    """The camera register of the actor's schools, room by room."""
    return Camera.objects.filter(room__school__in=actor.schools()).select_related("room")


def open_drafts(actor: Actor) -> QuerySet[ImportDraft]:
    """The uploaded lists of the actor's schools that wait for confirmation."""
    return drafts_of(actor).filter(applied_at=None).order_by("-created_at")


def drafts_of(actor: Actor) -> QuerySet[ImportDraft]:
    """The uploaded lists of the actor's schools, the applied ones among them."""
    drafts = ImportDraft.objects.filter(school__in=actor.schools())
    return drafts.select_related("school__district", "created_by", "data_key")


def employees_of(school: School) -> QuerySet[User]:
    """The people who work at the school today, by name."""
    at_school = _in_force(None).filter(Q(school=school) | Q(school_class__school=school))
    return User.objects.filter(pk__in=at_school.values("user")).order_by("last_name", "first_name", "pk")


def staff_around(school: School) -> QuerySet[User]:
    """The people who work at the school or lead its psychologists, by name: who may be a parent on the staff."""
    leads = leads_over_school(school).values("user")
    around = Q(pk__in=employees_of(school).values("pk")) | Q(pk__in=leads)
    return User.objects.filter(around).order_by("last_name", "first_name", "pk")


def accounts_of_parents(pupil_ids: Iterable[UUID]) -> set[int]:
    """The accounts of all guardians of these pupils, in the portal and at work (rule 10b)."""
    parents = Guardian.objects.filter(guardianships__pupil__in=list(pupil_ids))
    return {account for pair in parents.values_list("user", "staff_account") for account in pair if account}


def find_members(query: str) -> QuerySet[Membership]:
    """Memberships in force or to come, found by login or name, for the administrator of the installation."""
    unended = Q(ends_on=None) | Q(ends_on__gte=timezone.localdate())
    found = Membership.objects.filter(unended).select_related("user", *WITH_UNIT)
    if query:
        found = found.filter(is_called(query, "user__") | Q(user__username__istartswith=query))
    return found.order_by("user__last_name", "user__first_name", "pk")


def schools_served(actor: Actor) -> QuerySet[School]:
    """The schools the actor's unit serves, with what is needed to reach them."""
    return actor.schools().select_related("district")


def schools_with_counts(actor: Actor) -> QuerySet[School]:
    """The schools the actor reaches with `pupil_count` and `room_count`."""
    pupils = Count("pupils", filter=still_here("pupils__"), distinct=True)
    counted = actor.schools().annotate(pupil_count=pupils, room_count=Count("rooms", distinct=True))
    return counted.select_related("district__region").order_by("district__name_ru", "name_ru")


def agencies_listed() -> QuerySet[Agency]:
    """The agencies of the installation, by territory."""
    return Agency.objects.select_related("region", "district").order_by(
        "region__name_ru", "district__name_ru", "name_ru"
    )


def school_years() -> QuerySet[SchoolYear]:
    """The school years of all regions with their breaks, newest first."""
    return SchoolYear.objects.select_related("region").prefetch_related("breaks")


class Holiday(NamedTuple):
    """Days without lessons, both ends included."""

    starts_on: date
    ends_on: date
    name: str


def coming_holidays(actor: Actor, days: int = 120) -> list[Holiday]:
    """Public holidays of Kazakhstan and school breaks ahead, the nearest first."""
    today = timezone.localdate()
    until = today + timedelta(days=days)
    public = holidays.country_holidays("KZ", years={today.year, until.year}, language="en_US")
    ahead = [Holiday(day, day, gettext(name.split(" (")[0])) for day, name in public.items()]
    regions = actor.schools().values("district__region")
    breaks = SchoolBreak.objects.filter(year__region__in=regions, ends_on__gte=today, starts_on__lte=until)
    ahead += [Holiday(b.starts_on, b.ends_on, gettext("School holidays")) for b in breaks.distinct()]
    return sorted(entry for entry in ahead if today <= entry[1] and entry[0] <= until)
