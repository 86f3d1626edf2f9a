"""The grown-ups around a case."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from caseflow.cases.models import Case
from caseflow.clocks.models import Absence
from caseflow.clocks.selectors.absences import absences_on
from caseflow.consent.selectors import excluded_guardians
from caseflow.directory.enums import Role
from caseflow.directory.models import Guardianship, Membership
from caseflow.directory.rules import is_guardian, stands


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


def people_of(case: Case) -> People:
    """Guardians in force with their relation, class teacher and social pedagogue. Three queries."""
    beside = members_around(case).filter(role__in=(Role.CLASS_TEACHER, Role.SOCIAL_PEDAGOGUE))
    return People(list(guardianships_of(case)), list(beside), excluded_guardians(case.pupil_id))


def guardianships_of(case: Case) -> QuerySet[Guardianship]:
    """Who stands for the pupil today."""
    return (
        Guardianship.objects.filter(stands(), pupil=case.pupil_id)
        .select_related("guardian__data_key")
        .order_by("guardian__last_name", "guardian__first_name")
    )


def members_around(case: Case) -> QuerySet[Membership]:
    """The memberships by which somebody may have to do with the case; never one of the pupil's parents.

    Psychologists and social pedagogues of the school, the class teacher of the pupil's class, and the lead
    psychologists over the school, whether or not they were given the case.
    """
    at_school = Q(school=case.school_id, role__in=(Role.PSYCHOLOGIST, Role.SOCIAL_PEDAGOGUE))
    of_class = Q(school_class__school=case.school_id, school_class=case.pupil.school_class_id, role=Role.CLASS_TEACHER)
    district = case.school.district
    above = Q(role=Role.LEAD_PSYCHOLOGIST) & (Q(district=district.pk) | Q(region=district.region_id))
    parents = Guardianship.objects.filter(is_guardian(OuterRef("user"), "guardian__"), pupil=case.pupil_id)
    return (
        Membership.objects.filter(_in_force(), at_school | of_class | above, ~Exists(parents), user__is_active=True)
        .select_related("user")
        .order_by("user__last_name", "user__first_name", "pk")
    )


def possible_task_owners(case: Case) -> QuerySet[Membership]:
    """Who may be given a task; a lead psychologist only where the case was given to them."""
    strangers = Q(role=Role.LEAD_PSYCHOLOGIST) & ~Q(user__in=case.grants.values("user"))
    return members_around(case).exclude(strangers)


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
    officers = Membership.objects.filter(_in_force(), everywhere | here, role=Role.DPO, user__is_active=True)
    return list(officers.values_list("user_id", "pk"))


def _in_force() -> Q:
    today = timezone.localdate()
    return Q(ends_on=None, starts_on__lte=today) | Q(ends_on__gte=today, starts_on__lte=today)
