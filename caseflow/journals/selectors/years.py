"""School years, and who worked in them."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from caseflow.accounts.models import User
from caseflow.appointments.models import Appointment
from caseflow.appointments.selectors.people import own_school
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import School, SchoolYear
from caseflow.directory.selectors import members_of_school
from caseflow.journals.rules.access import PLAN_READERS
from caseflow.journals.rules.periods import Period, usual_year


def years_of(school: School) -> list[SchoolYear]:
    """The school years of the school's region, the newest first."""
    return list(SchoolYear.objects.filter(region=school.district.region_id).order_by("-starts_on"))


def year_around(years: list[SchoolYear], day: date) -> SchoolYear | None:
    """The year in which the day lies, else the last that began before it, else the first to come."""
    begun = [year for year in years if year.starts_on <= day]
    return begun[0] if begun else (years[-1] if years else None)


def chosen_year(school: School, asked: int | None) -> SchoolYear | None:
    """The year with that id, or the one that runs. None where the region has entered no year."""
    years = years_of(school)
    found = next((year for year in years if year.pk == asked), None)
    return found or year_around(years, timezone.localdate())


def period_of(year: SchoolYear | None) -> Period:
    """The days of a year."""
    return Period(year.starts_on, year.ends_on) if year else usual_year(timezone.localdate())


def school_of(actor: Actor) -> School:
    """The school whose service the actor belongs to, or heads. Raises School.DoesNotExist for anybody else."""
    if actor.role not in PLAN_READERS:
        raise School.DoesNotExist
    return own_school(actor)


def psychologists_of(school: School) -> QuerySet[User]:
    """Who works there as a psychologist today, or has met anybody there before, by name."""
    today = members_of_school(school, [Role.PSYCHOLOGIST]).values("user")
    before = Appointment.objects.filter(school=school).order_by().values("owner")
    return User.objects.filter(Q(pk__in=today) | Q(pk__in=before)).order_by("last_name", "first_name", "pk")
