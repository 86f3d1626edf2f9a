"""Who works at the school, who has which class, and what somebody who leaves has in hand."""

from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from caseflow.accounts.models import User
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Membership, School, SchoolClass
from caseflow.directory.selectors import classes_with_counts, employees_of
from caseflow.schoolyear.holdings import Kind, kinds


def roles_at(school: School) -> QuerySet[Membership]:
    """The roles at the school and in its classes that are in force or to come."""
    here = Q(school=school) | Q(school_class__school=school)
    unended = Q(ends_on=None) | Q(ends_on__gte=timezone.localdate())
    return Membership.objects.filter(here, unended).select_related("user", "school_class", "school")


def staff_of(actor: Actor) -> QuerySet[User]:
    """The people who work at the actor's school, with `roles_here`."""
    school = actor.schools().get()
    here = Prefetch("memberships", roles_at(school), to_attr="roles_here")
    return employees_of(school).prefetch_related(here)


@dataclass(frozen=True, slots=True)
class Held:
    """What somebody has of one kind, and who can have it after them; nobody: it goes to whom the kind says."""

    kind: Kind
    names: list[str]
    successors: list[Membership]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the staff with all that is to be handed over before they go."""

    user: User
    roles: list[Membership]
    held: list[Held]


def person_of(actor: Actor, user_id: int) -> Person:
    """Raises User.DoesNotExist for whoever does not work at the actor's school."""
    school = actor.schools().select_related("district").get()
    user = employees_of(school).get(pk=user_id)
    roles = list(roles_at(school).filter(user=user))
    found = ((kind, kind.names(user.pk, school)) for kind in kinds())
    return Person(user, roles, [Held(k, names, list(_successors(k, school, user.pk))) for k, names in found if names])


@dataclass(frozen=True, slots=True)
class Led:
    """A class with who leads it, now and to come, and who substitutes."""

    school_class: SchoolClass
    leading: list[Membership]
    substitutes: list[Membership]


def classes_led(actor: Actor) -> list[Led]:
    """The classes of this year (2 queries)."""
    classes = list(classes_with_counts(actor))
    unended = Q(ends_on=None) | Q(ends_on__gte=timezone.localdate())
    led = Membership.objects.filter(unended, role=Role.CLASS_TEACHER, school_class__in=classes).select_related("user")
    rows = list(led.order_by("starts_on", "pk"))
    return [
        Led(
            each,
            [row for row in rows if row.school_class_id == each.pk and not row.substitute],
            [row for row in rows if row.school_class_id == each.pk and row.substitute],
        )
        for each in classes
    ]


def class_led(actor: Actor, class_id: int) -> Led:
    """One of them. Raises SchoolClass.DoesNotExist."""
    found = next((led for led in classes_led(actor) if led.school_class.pk == class_id), None)
    if found is None:
        raise SchoolClass.DoesNotExist
    return found


def _successors(kind: Kind, school: School, leaving: int) -> QuerySet[Membership]:
    today = timezone.localdate()
    now = roles_at(school).filter(starts_on__lte=today, user__is_active=True, role__in=kind.roles, substitute=False)
    return now.exclude(user=leaving).order_by("user__last_name", "user__first_name", "pk")
