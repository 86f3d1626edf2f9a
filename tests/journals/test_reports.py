"""The annual report: counts of what was recorded, own words, frozen when it is signed."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from caseflow.appointments.enums import AppointmentKind
from caseflow.appointments.services import record_not_come
from caseflow.cases.services import close_case
from caseflow.directory.models import School, SchoolYear
from caseflow.journals.enums import PlanItemState
from caseflow.journals.models import SignedReport
from caseflow.journals.rules import JournalRefused
from caseflow.journals.rules.periods import Period
from caseflow.journals.selectors.figures import work_figures
from caseflow.journals.services import end_item, sign_report, write_item, write_report
from caseflow.journals.services.reading import open_report
from caseflow.journals.wording import grade_rows, month_rows, report_facts, work_rows
from caseflow.records.append_only import AppendOnlyError
from tests.appointments.factories import at, planned
from tests.cases.factories import case_of, lead_over, psychologist, pupil_of
from tests.directory.factories import SchoolClassFactory
from tests.journals.factories import finished, group_of, held, item, principal_of, school_of, year_at
from tests.plans.factories import goal_of

pytestmark = pytest.mark.django_db


def test_the_figures_count_what_the_records_hold() -> None:
    who = psychologist()
    year = year_at(who)
    small = SchoolClassFactory.create(school=school_of(who), year=year, grade=3)
    big = SchoolClassFactory.create(school=school_of(who), year=year, grade=9)
    child, grown = pupil_of(who), pupil_of(who)
    child.school_class, grown.school_class = small, big
    child.save()
    grown.save()
    case = case_of(who, grown)
    goal_of(case, who)
    finished(who, case)
    held(who, child)
    held(who, child, days=-2)
    held(who, child, days=-3, kind=AppointmentKind.MEETING)
    held(who, days=-4, kind=AppointmentKind.OBSERVATION)
    held(who, case=case.pk, hour=15, kind=AppointmentKind.DIAGNOSTICS)
    group_of(who, child, grown, days=-5)
    record_not_come(who, planned(who, at(-6, 10), child).pk)
    write_item(who, year.pk, item(who))
    end_item(who, write_item(who, year.pk, item(who, title="Второе")).pk, PlanItemState.DONE)
    sheet = open_report(who, year.pk)
    assert work_rows(sheet) == [
        ["Diagnostics", 1, 0, 0, 0],
        ["Consultation", 2, 0, 0, 0],
        ["Group work and prevention", 1, 2, 1, 0],
        ["Psychological education", 0, 0, 0, 0],
        ["Methodical work", 1, 0, 0, 0],
    ]
    figures = sheet.figures
    assert (figures["not_come"], figures["participants"], figures["minutes"]) == (1, 24, 5 * 45)
    assert figures["grades"] == {
        "1-4": {"consultation": 1, "group": 1, "diagnostics": 0},
        "5-9": {"consultation": 0, "group": 1, "diagnostics": 1},
        "10-12": {"consultation": 0, "group": 0, "diagnostics": 0},
    }
    assert (figures["cases"], figures["goals"]) == ({"opened": 1, "closed": 0}, {"begun": 1, "reached": 0})
    assert sum(int(row[1]) for row in month_rows(sheet)) == 2
    assert grade_rows(sheet)[0] == ["1–4", 1, 1, 0]
    assert "Cases opened: 1, closed: 0" in report_facts(sheet)
    before = Period(year.starts_on - timedelta(days=300), year.starts_on - timedelta(days=200))
    assert sum(work_figures(school_of(who), before)["directions"].values()) == 0


def test_figures_cost_the_same_whatever_was_done() -> None:
    who = psychologist()
    year = year_at(who)
    held(who, pupil_of(who))
    with CaptureQueriesContext(connection) as few:
        open_report(who, year.pk)
    for number in range(12):
        case = case_of(who)
        held(who, case=case.pk, hour=8 + number, days=-2, kind=AppointmentKind.GROUP)
    close_case(who, case.pk, reason="Достаточно")
    with CaptureQueriesContext(connection) as many:
        assert open_report(who, year.pk).figures["cases"] == {"opened": 12, "closed": 1}
    assert len(many) == len(few)


def test_words_are_kept_until_the_report_is_signed_and_then_nothing_changes() -> None:
    who = psychologist()
    year = year_at(who, begun=250, left=20)
    write_report(who, year.pk, {"group": " Хорошо ", "next": "Больше", "other": "нет"})
    write_report(who, year.pk, {"group": "Лучше"})
    sheet = open_report(who, year.pk)
    assert (sheet.words, sheet.may_sign, sheet.signed) == ({"group": "Лучше", "next": "Больше"}, True, None)
    assert ("next", "Больше") in [(section.value, words) for section, words in sheet.sections]
    signed = sign_report(who, year.pk)
    held(who, pupil_of(who))
    again = open_report(principal_of(who), year.pk)
    assert (again.signed, again.is_unchanged, again.may_write) == (signed, True, False)
    assert again.figures["directions"]["consultation"] == 0
    for act in (lambda: write_report(who, year.pk, {}), lambda: sign_report(who, year.pk)):
        with pytest.raises(JournalRefused, match="does not change any more"):
            act()
    with pytest.raises(AppendOnlyError):
        signed.save()
    with pytest.raises(AppendOnlyError):
        SignedReport.objects.filter(pk=signed.pk).update(digest="0")
    again.content["figures"]["not_come"] = 7
    assert not again.is_unchanged


def test_a_report_is_not_signed_while_the_year_has_long_to_go_nor_by_others() -> None:
    who = psychologist()
    year = year_at(who)
    sheet = open_report(who, year.pk)
    assert (sheet.may_sign, sheet.sign_from) == (False, year.ends_on - timedelta(days=31))
    with pytest.raises(JournalRefused, match="is signed from"):
        sign_report(who, year.pk)
    for stranger in (principal_of(who), psychologist()):
        with pytest.raises(SchoolYear.DoesNotExist):
            write_report(stranger, year.pk, {})
    with pytest.raises(School.DoesNotExist):
        open_report(lead_over(school_of(who)), year.pk)


def test_without_a_school_year_the_report_is_of_the_usual_one_and_cannot_be_signed() -> None:
    who = psychologist()
    sheet = open_report(who, None)
    assert (sheet.year, sheet.sign_from, sheet.may_sign, sheet.words) == (None, None, False, {})
    assert len(sheet.figures["months"]) == 12
    assert timezone.localdate().year in {row["year"] for row in sheet.figures["months"]}
