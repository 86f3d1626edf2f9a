"""What this room and those below it hand over when somebody leaves. See `holdings.Kind`."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from caseflow.accounts.models import User
from caseflow.audit.services import record
from caseflow.cases.services.handing import cases_led, hand_over_cases, hand_over_tasks, tasks_held
from caseflow.clocks.models import DutyShift
from caseflow.clocks.selectors.duty import eligible
from caseflow.directory.enums import Role
from caseflow.directory.models import LessonSlot, Membership, School
from caseflow.directory.rules import goes_on

__all__ = ["hand_over_cases", "hand_over_tasks"]


def cases_of(user_id: int, school: School) -> list[str]:
    """By number alone: the office reads no case."""
    return [gettext("Case no. %(number)s") % {"number": case.number} for case in cases_led(user_id, school)]


def tasks_of(user_id: int, school: School) -> list[str]:
    """By the day they are due."""
    held = tasks_held(user_id, school).values_list("due_at", flat=True)
    return [gettext("Task due %(day)s") % {"day": date_format(timezone.localtime(due), "j E")} for due in held]


def classes_of(user_id: int, school: School) -> list[str]:
    return [str(each.school_class) for each in _led(user_id, school)]


def hand_over_classes(by: User, user_id: int, school: School, successor: Membership | None) -> int:
    """The successor has the classes from today on; the one who leaves keeps theirs until the last day."""
    led = list(_led(user_id, school))
    if successor:
        for each in led:
            lead_class(by, each.school_class_id, successor.user, timezone.localdate())
    return len(led)


def lead_class(by: User, class_id: int | None, user: User, first: date) -> Membership:
    """Give somebody the class from a day on, unless they have it."""
    right = {"user": user, "role": Role.CLASS_TEACHER, "school_class_id": class_id, "substitute": False}
    kept = Membership.objects.filter(Q(ends_on=None), **right).first()
    membership = kept or Membership.objects.create(starts_on=first, **right)
    detail = {"user": user.pk, "role": Role.CLASS_TEACHER.value}
    record(action="give_role", actor_id=by.pk, role="", obj=f"membership {membership.pk}", detail=detail)
    return membership


def lessons_of(user_id: int, school: School) -> list[str]:
    """By class and subject, each once."""
    return list(dict.fromkeys(f"{slot.school_class}, {slot.subject}" for slot in _lessons(user_id, school)))


def hand_over_lessons(by: User, user_id: int, school: School, successor: Membership | None) -> int:
    """The lessons are the successor's, or without a teacher until the office names one."""
    detail = {"before": user_id, "now": successor.user_id if successor else None}
    record(action="add_lesson", actor_id=by.pk, role="", obj=f"lessons of {user_id}", detail=detail)
    return _lessons(user_id, school).update(teacher=successor.user if successor else None)


def duty_of(user_id: int, school: School) -> list[str]:
    return [date_format(timezone.localtime(shift.starts_at), "j E, H:i") for shift in _shifts(user_id, school)]


def hand_over_duty(by: User, user_id: int, school: School, successor: Membership | None) -> int:
    """Shifts that have not begun go to the successor who may be on duty here, else out of the roster."""
    shifts = _shifts(user_id, school)
    may = successor is not None and eligible({"school": school.pk}).filter(pk=successor.pk).exists()
    detail = {"user": user_id, "successor": successor.pk if successor and may else None}
    record(action="duty.shift_removed", actor_id=by.pk, role="", obj=f"duty-shifts of {user_id}", detail=detail)
    if may:
        return shifts.update(membership=successor)
    return shifts.delete()[0]


def _led(user_id: int, school: School) -> QuerySet[Membership]:
    today = timezone.localdate()
    led = Membership.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=today),
        user=user_id,
        role=Role.CLASS_TEACHER,
        substitute=False,
        school_class__school=school,
        school_class__year__ends_on__gte=today,
    )
    return led.select_related("school_class")


def _lessons(user_id: int, school: School) -> QuerySet[LessonSlot]:
    today = timezone.localdate()
    ahead = LessonSlot.objects.filter(goes_on(), teacher=user_id, school_class__school=school)
    return ahead.filter(school_class__year__ends_on__gte=today).select_related("school_class")


def _shifts(user_id: int, school: School) -> QuerySet[DutyShift]:
    return DutyShift.objects.filter(membership__user=user_id, school=school, starts_at__gt=timezone.now())
