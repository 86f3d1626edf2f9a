"""A case goes over to another school, with all that lies in it."""

from django.utils import timezone
from django.utils.translation import gettext

from caseflow.cases.enums import ClosingState
from caseflow.cases.following import transferred
from caseflow.cases.models import Case, ClosingRequest, Task
from caseflow.cases.rules import CaseRefused, PupilHasOpenCase
from caseflow.cases.services.opening import next_number
from caseflow.clocks.models import Clock
from caseflow.directory.actors import Actor
from caseflow.directory.models import Pupil, School


def move_to_school(case: Case, school: School, pupil: Pupil, owner: Actor) -> None:
    """Make the case the school's, about its record of the pupil, led by `owner`, who gets the open tasks too.

    For callers that hold the case and have checked who asks, inside their transaction. The case gets a number of the
    school. Raises CaseRefused (it waits to be closed), PupilHasOpenCase.
    """
    if ClosingRequest.objects.filter(case=case, state=ClosingState.ASKED).exists():
        raise CaseRefused(gettext("The lead psychologist decides on closing this case. Take the wish back first."))
    other = Case.objects.filter(pupil=pupil, closed_at=None).exclude(pk=case.pk).first()
    if other is not None:
        message = gettext("There is an open case already: no. %(number)s.") % {"number": other.number}
        raise PupilHasOpenCase(message, other.pk)
    case.number = next_number(school.pk)
    case.school, case.pupil = school, pupil
    case.owner, case.owned_since = owner.user, timezone.now()
    case.save(update_fields=["number", "school", "pupil", "owner", "owned_since"])
    open_tasks = Task.objects.filter(case=case, done_at=None)
    Clock.objects.filter(case_task__in=open_tasks.values("pk")).update(school=school)
    open_tasks.update(owner=owner.user, owner_role=owner.role)
    transferred(owner, case)
