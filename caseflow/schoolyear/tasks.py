from celery import shared_task

from caseflow.cases.services.handing import settle_class_tasks
from caseflow.schoolyear.services.ages import see_to_ages
from caseflow.schoolyear.services.applying import apply_due_turns


@shared_task
def sweep_school_year() -> int:
    """What a day brings: the first day of a school year, a class in other hands, an 18th birthday."""
    return apply_due_turns() + settle_class_tasks() + see_to_ages()
