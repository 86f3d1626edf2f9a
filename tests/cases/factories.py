"""Cases for tests, made the way the product makes them. Everything is invented."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from caseflow.cases.enums import Visibility
from caseflow.cases.models import Case, ChronologyEntry, Task
from caseflow.cases.services import add_note, add_task, open_case
from caseflow.cases.services.locking import lock_case
from caseflow.cases.services.tasks import give_task
from caseflow.clocks.services import start_clock
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Pupil, School
from tests.directory.factories import MembershipFactory, PupilFactory, SchoolClassFactory, SchoolFactory, actor


def psychologist(school: School | None = None) -> Actor:
    """A psychologist of the school."""
    return actor(Role.PSYCHOLOGIST, school=school or SchoolFactory.create())


def lead_over(school: School) -> Actor:
    """A lead psychologist of the school's district."""
    return actor(Role.LEAD_PSYCHOLOGIST, district=school.district)


def pupil_of(who: Actor, **facts: Any) -> Pupil:
    """A pupil of the school in which `who` acts."""
    return PupilFactory.create(school_class=SchoolClassFactory.create(school=who.membership.school), **facts)


def case_of(who: Actor, pupil: Pupil | None = None, reason: str = "Слова классного руководителя") -> Case:
    """An open case that `who` leads."""
    return open_case(who, pupil_id=(pupil or pupil_of(who)).pk, reason=reason)


def note_in(case: Case, author: Actor, text: str, visibility: Visibility = Visibility.ME_AND_LEAD) -> ChronologyEntry:
    return add_note(author, case.pk, text=text, visibility=visibility)


def task_for(case: Case, giver: Actor, owner: Actor | None = None, title: str = "Побеседовать") -> Task:
    """A task of the case, due in a day."""
    membership = (owner or giver).membership
    return add_task(giver, case.pk, title=title, membership_id=membership.pk, due_at=timezone.now() + timedelta(days=1))


def given_by_protocol(case: Case, giver: Actor, owner: Actor, title: str = "Снять дежурства") -> Task:
    """A task as a protocol gives it, with the clock of its step."""
    clock = start_clock("protocol_step", case.school, due_at=timezone.now() + timedelta(days=1))
    held = lock_case(case.pk)
    return give_task(held, owner.membership, title=title, clock=clock, by=giver.user, role=giver.role)


def class_teacher_of(pupil: Pupil) -> Actor:
    membership = MembershipFactory.create(role=Role.CLASS_TEACHER, school_class=pupil.school_class)
    return Actor(membership.user, membership)
