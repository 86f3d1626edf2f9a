from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from caseflow.audit.models import AuditEntry
from caseflow.cases.enums import EntryKind
from caseflow.cases.models import Case
from caseflow.cases.rules import CaseRefused, PupilHasOpenCase
from caseflow.cases.services import close_case, open_case
from caseflow.directory.enums import Role
from caseflow.directory.models import Pupil
from tests.cases.factories import case_of, class_teacher_of, lead_over, psychologist, pupil_of
from tests.directory.factories import PupilFactory, actor

pytestmark = pytest.mark.django_db


def test_cases_are_numbered_within_their_school() -> None:
    here, there = psychologist(), psychologist()
    assert [case_of(here).number, case_of(here).number, case_of(there).number] == [1, 2, 1]


def test_opening_enters_the_reason_and_its_source() -> None:
    who = psychologist()
    case = open_case(who, pupil_id=pupil_of(who).pk, reason="Просьба мамы", source_ref="triage:abc")
    entry = case.entries.get()
    assert (entry.kind, entry.code, entry.ref, entry.author) == (EntryKind.CASE, "opened", "triage:abc", who.user)


def test_opening_is_logged_without_a_word_of_the_reason() -> None:
    who = psychologist()
    case = case_of(who, reason="Не хочет жить")
    entry = AuditEntry.objects.get(action="case_opened")
    assert (entry.actor, entry.obj, entry.pupil_id) == (who.user, f"cases.Case/{case.pk}", case.pupil_id)
    assert entry.detail == {"source": ""}


def test_a_pupil_has_one_open_case() -> None:
    who = psychologist()
    first = case_of(who)
    with pytest.raises(PupilHasOpenCase) as refused:
        case_of(who, first.pupil)
    assert refused.value.case_id == first.pk
    close_case(who, first.pk, reason="Всё спокойно")
    assert case_of(who, first.pupil).number == 2


def test_a_refused_opening_leaves_no_gap_in_the_numbers() -> None:
    who = psychologist()
    first = case_of(who)
    with pytest.raises(PupilHasOpenCase):
        case_of(who, first.pupil)
    assert case_of(who).number == 2


def test_no_case_without_a_reason() -> None:
    who = psychologist()
    with pytest.raises(CaseRefused):
        open_case(who, pupil_id=pupil_of(who).pk, reason="  ")
    assert not Case.objects.exists()


def test_nobody_opens_a_case_for_a_pupil_out_of_reach() -> None:
    stranger, own = PupilFactory.create(), pupil_of(psychologist())
    for who, pupil in ((psychologist(), stranger), (class_teacher_of(own), own)):
        with pytest.raises(Pupil.DoesNotExist):
            case_of(who, pupil)


def test_a_lead_who_opens_a_case_may_go_on_working_on_it() -> None:
    pupil = pupil_of(psychologist())
    lead = lead_over(pupil.school)
    case = case_of(lead, pupil)
    assert case.grants.get().user == lead.user


def test_a_role_without_cases_opens_none() -> None:
    pupil = pupil_of(psychologist())
    with pytest.raises(Pupil.DoesNotExist):
        case_of(actor(Role.PRINCIPAL, school=pupil.school), pupil)


def test_openings_at_the_same_time_get_different_numbers_without_a_gap(transactional_db: None) -> None:
    who = psychologist()
    pupils = [pupil_of(who) for _ in range(6)]

    def open_one(pupil: Pupil) -> int:
        try:
            return case_of(who, pupil).number
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(open_one, pupils)) == [1, 2, 3, 4, 5, 6]
