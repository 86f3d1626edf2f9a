from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext
from guardian.shortcuts import assign_perm

from caseflow.cases.enums import EntryKind
from caseflow.cases.models import Case
from caseflow.cases.rules import CASE_ROLES, CaseRefused, PupilHasOpenCase
from caseflow.cases.selectors.scope import open_case_of
from caseflow.cases.services.chronology import write_entry
from caseflow.cases.services.locking import log
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Pupil, School
from caseflow.records.vault import new_key


@transaction.atomic
def open_case(actor: Actor, *, pupil_id: UUID, reason: str, source_ref: str = "", leaver: bool = False) -> Case:
    """Open a case that the actor owns. `source_ref` says what it came from, "triage:<uuid>"; else `reason` says why.

    `leaver` lets a case be opened for a pupil who left meanwhile, whose item the caller has in its own scope. Raises
    Pupil.DoesNotExist outside the actor's scope, PupilHasOpenCase (with the case to link to), CaseRefused
    (no reason).
    """
    if actor.role not in CASE_ROLES:
        raise Pupil.DoesNotExist
    if not reason.strip() and not source_ref:
        raise CaseRefused(gettext("Say why the case is opened."))
    pupil = Pupil.objects.get(pk=pupil_id, school__in=actor.schools()) if leaver else actor.pupils().get(pk=pupil_id)
    number = next_number(pupil.school_id)
    _refuse_second_case(pupil)
    now = timezone.now()
    case = Case.objects.create(
        school_id=pupil.school_id,
        pupil=pupil,
        number=number,
        owner=actor.user,
        stage_since=now,
        opened_at=now,
        working_since=now,
        owned_since=now,
        data_key=new_key("case"),
    )
    if actor.role == Role.LEAD_PSYCHOLOGIST:
        assign_perm("cases.work_on_case", actor.user, case)
    write_entry(
        case, kind=EntryKind.CASE, code="opened", author=actor.user, text=reason.strip(), ref=source_ref, event_at=now
    )
    log(actor, "case_opened", case, source=source_ref)
    return case


def next_number(school_id: int) -> int:
    """The school's next case number; the school stays locked, so that two never get the same one and none is lost."""
    School.objects.select_for_update(no_key=True).only("pk").get(pk=school_id)
    last = Case.objects.filter(school=school_id).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _refuse_second_case(pupil: Pupil) -> None:
    present = open_case_of(pupil.pk, pupil.school_id)
    if present is not None:
        message = gettext("There is an open case already: no. %(number)s.") % {"number": present.number}
        raise PupilHasOpenCase(message, present.pk)
