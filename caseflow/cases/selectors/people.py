"""The grown-ups around a case."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from caseflow.cases.models import Case
from caseflow.clocks.models import Absence
from caseflow.clocks.selectors.absences import absences_on
from caseflow.consent.selectors import Told, told_of
from caseflow.directory.enums import Role
from caseflow.directory.models import Guardianship, Membership
from caseflow.directory.rules import is_guardian, stands
from prepared import prepared

# What the card of the people needs: names, roles and relations, and whether there is a telephone number.
OF_GUARDIAN = (
    "relation",
    "guardian__last_name",
    "guardian__first_name",
    "guardian__patronymic",
    "guardian__phone_sealed",
)
OF_STAFF = ("role", "user__last_name", "user__first_name", "user__patronymic")


@dataclass(frozen=True, slots=True)
class People:
    """Who stands for the pupil now, and who of the staff helps. Of the guardians, `excluded` are asked nothing: they
    are suspected of abuse, and told nothing of it (rule 10)."""

    guardians: list[Guardianship]
    staff: list[Membership]
    excluded: frozenset[UUID | None] = frozenset()


@dataclass(frozen=True, slots=True)
class Choice:
    """Who may be given a task of a case, and who the case itself; who of them is away, by membership."""

    task_owners: list[Membership]
    assignees: list[Membership]
    away: dict[int, Absence]


def choice_of(case: Case) -> Choice:
    """Whom the forms of a case offer. Three queries."""
    owners, assignees = list(possible_task_owners(case)), list(assignable_members(case))
    return Choice(owners, assignees, absences_on(one.pk for one in (*owners, *assignees)))


def people_of(case: Case, told: Told | None = None) -> People:
    """Guardians in force with their relation, class teacher and social pedagogue. Three queries, two with `told`, what
    the ledger of consents says."""
    today, pupil = timezone.localdate(), case.pupil
    excluded = (told or told_of(pupil.pk)).excluded
    staff = _staff_beside(pupil.pk, case.school_id, pupil.school_class_id, today)
    return People(_guardians_on(pupil.pk, today), staff, excluded)


def guardianships_of(case: Case) -> QuerySet[Guardianship]:
    """Who stands for the pupil today."""
    return _standing(case.pupil_id, timezone.localdate()).select_related("guardian__data_key")


def _standing(pupil_id: UUID, on: date) -> QuerySet[Guardianship]:
    standing = Guardianship.objects.filter(stands(on=on), pupil=pupil_id)
    return standing.order_by("guardian__last_name", "guardian__first_name")


@prepared
def _guardians_on(pupil_id: UUID, day: date) -> QuerySet[Guardianship]:
    return _standing(pupil_id, day).select_related("guardian").only(*OF_GUARDIAN)


def members_around(case: Case) -> QuerySet[Membership]:
    """The memberships by which somebody may have to do with the case; never one of the pupil's parents.

    Psychologists, social pedagogues and the head of the school, the class teacher of the pupil's class, and the lead
    psychologists over the school, whether or not they were given the case.
    """
    at_school = Q(school=case.school_id, role__in=(Role.PSYCHOLOGIST, Role.SOCIAL_PEDAGOGUE, Role.PRINCIPAL))
    district = case.school.district
    above = Q(role=Role.LEAD_PSYCHOLOGIST) & (Q(district=district.pk) | Q(region=district.region_id))
    of_class = _of_class(case.school_id, case.pupil.school_class_id)
    return _around(case.pupil_id, at_school | of_class | above, timezone.localdate())


@prepared
def _staff_beside(pupil_id: UUID, school_id: int, class_id: int | None, day: date) -> QuerySet[Membership]:
    social = Q(school=school_id, role=Role.SOCIAL_PEDAGOGUE)
    return _around(pupil_id, _of_class(school_id, class_id) | social, day).only(*OF_STAFF)


def _of_class(school_id: int, class_id: int | None) -> Q:
    return Q(school_class__school=school_id, school_class=class_id, role=Role.CLASS_TEACHER)


def _around(pupil_id: UUID, which: Q, day: date) -> QuerySet[Membership]:
    """Those of the memberships that count on a day, by name; never one of the pupil's parents."""
    parents = Guardianship.objects.filter(is_guardian(OuterRef("user"), "guardian__"), pupil=pupil_id)
    return (
        Membership.objects.filter(_in_force(day), which, ~Exists(parents), user__is_active=True)
        .select_related("user")
        .order_by("user__last_name", "user__first_name", "pk")
    )


def possible_task_owners(case: Case) -> QuerySet[Membership]:
    """Who may be given a task by hand; a lead psychologist only where the case was given to them, a head never."""
    strangers = Q(role=Role.LEAD_PSYCHOLOGIST) & ~Q(user__in=case.grants.values("user"))
    return members_around(case).exclude(strangers).exclude(role=Role.PRINCIPAL)


def assignable_members(case: Case) -> QuerySet[Membership]:
    """Who may lead the case (psychologists of the school) or be let in (lead psychologists), but its owner."""
    roles = (Role.PSYCHOLOGIST, Role.LEAD_PSYCHOLOGIST)
    return members_around(case).filter(role__in=roles).exclude(user=case.owner_id)


def recipients_in_role(case: Case, user_id: int | None, role: str) -> list[tuple[int, int | None]]:
    """How an alert reaches somebody in a role around this case; empty when the role has ended."""
    found = members_around(case).filter(user=user_id, role=role).values_list("user_id", "pk").first()
    return [found] if found else []


def recipients_leading(case: Case) -> list[tuple[int, int | None]]:
    """How an alert reaches whoever leads the case; as psychologist of the school before as lead psychologist."""
    roles = (Role.PSYCHOLOGIST, Role.LEAD_PSYCHOLOGIST)
    found = members_around(case).filter(user=case.owner_id, role__in=roles).order_by("-role", "pk")
    return list(found.values_list("user_id", "pk")[:1])


def recipients_above(case: Case) -> list[tuple[int, int | None]]:
    """The lead psychologists who were given the case, or, when nobody was, all those over the school."""
    above = members_around(case).filter(role=Role.LEAD_PSYCHOLOGIST)
    given = above.filter(user__in=case.grants.values("user"))
    return list((given if given.exists() else above).values_list("user_id", "pk"))


def protection_officers(case: Case) -> list[tuple[int, int | None]]:
    """The data protection officers whose unit holds the school, or who serve the whole installation."""
    district = case.school.district
    everywhere = Q(region=None, district=None, school=None, agency=None)
    here = Q(region=district.region_id) | Q(district=district.pk) | Q(school=case.school_id)
    in_force = _in_force(timezone.localdate())
    officers = Membership.objects.filter(in_force, everywhere | here, role=Role.DPO, user__is_active=True)
    return list(officers.values_list("user_id", "pk"))


def _in_force(day: date) -> Q:
    return Q(ends_on=None, starts_on__lte=day) | Q(ends_on__gte=day, starts_on__lte=day)
