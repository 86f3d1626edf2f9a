"""What the psychologist enters on the own screen, how it ends, and what it came to."""

from typing import Any

import pytest

from caseflow.audit.models import AuditEntry
from caseflow.cases.models import Case
from caseflow.directory.actors import Actor
from caseflow.instruments.enums import Respondent, State
from caseflow.instruments.models import Administration, Answer
from caseflow.instruments.rules.refusals import InstrumentRefused
from caseflow.instruments.rules.scoring.typed import DEMO_QUESTIONS
from caseflow.instruments.selectors.administrations import read_answers, result_of
from caseflow.instruments.services import finish, open_case_sheet, open_result, open_sheet, save_answers, stop
from tests.cases.factories import case_of, lead_over, psychologist
from tests.instruments.factories import given, on_screen

pytestmark = pytest.mark.django_db
NINE = [str(number) for number in range(1, 10)]
ALL_NO: dict[str, int | None] = dict.fromkeys((*NINE, "year", "difficulty", "month", "lifetime"), 0)


@pytest.fixture
def who() -> Actor:
    return psychologist()


@pytest.fixture
def case(who: Actor) -> Case:
    return case_of(who)


def test_each_answer_is_kept_at_once_and_sealed(who: Actor, case: Case) -> None:
    one = on_screen(who, case)
    sheet = save_answers(who, one.pk, {"1": 3, "2": None})
    assert sheet.question is not None
    assert (sheet.question.id, sheet.number, len(sheet.asked)) == ("3", 3, 13)
    assert [row.number for row in sheet.rows[8:]] == ["9", "10", "11", "12", "13"]
    assert [(row.is_answered, row.value) for row in sheet.rows[:3]] == [(True, 3), (True, None), (False, None)]
    one.refresh_from_db()
    assert one.state == State.BEGUN
    assert one.begun_at is not None
    assert read_answers(one) == {"1": 3, "2": None}
    assert all(len(bytes(answer.value_sealed)) > 28 for answer in Answer.objects.all())


def test_what_stays_as_it_was_is_written_and_logged_once(who: Actor, case: Case) -> None:
    one = on_screen(who, case)
    save_answers(who, one.pk, {"1": 3})
    first = Answer.objects.get()
    save_answers(who, one.pk, {"1": 3})
    save_answers(who, one.pk, {"1": 2, "2": 0})
    assert AuditEntry.objects.filter(action="instrument_answered").count() == 2
    assert AuditEntry.objects.filter(action="instrument_answered").last().detail == {"questions": ["1", "2"]}  # type: ignore[union-attr]
    assert Answer.objects.get(question="1").pk == first.pk
    assert read_answers(one) == {"1": 2, "2": 0}


@pytest.mark.parametrize("answers", [{"1": 4}, {"1": -1}, {"10": 0}, {"month": 2}])
def test_what_is_no_answer_is_refused_and_nothing_is_kept(who: Actor, case: Case, answers: dict[str, Any]) -> None:
    one = on_screen(who, case)
    with pytest.raises(InstrumentRefused, match="no answer"):
        save_answers(who, one.pk, answers)
    assert not Answer.objects.exists()


def test_a_finished_one_is_scored_by_rule_and_version_and_takes_no_more_answers(who: Actor, case: Case) -> None:
    one = on_screen(who, case)
    save_answers(who, one.pk, ALL_NO | {"1": 3, "2": 3, "3": 3, "4": 1}, ends=True)
    result = open_result(who, one.pk)
    assert result.listed.score is not None
    assert (result.listed.score.total, result.listed.band, result.listed.score.missing) == (10, "Moderate signs", 0)
    assert result.listed.score.needs_assessment
    assert result.listed.is_scored
    assert result.listed.highest == 27
    done = result.administration
    assert (done.state, done.rule, done.rule_version) == (State.FINISHED, "phq-a", 1)
    assert case.entries.filter(code="questionnaire_finished").count() == 1
    for again in (
        lambda: save_answers(who, one.pk, {"1": 0}),
        lambda: finish(who, one.pk),
        lambda: stop(who, one.pk),
        lambda: open_sheet(who, one.pk),
    ):
        with pytest.raises(InstrumentRefused, match="has ended"):
            again()
    assert read_answers(done)["1"] == 3


def test_the_result_shows_each_answer_in_its_words_and_what_was_not_asked(who: Actor, case: Case) -> None:
    one = on_screen(who, case, "c-ssrs")
    save_answers(who, one.pk, {"1": 0, "2": 0, "6": None}, ends=True)
    rows = {row.question: row for row in result_of(who, one.pk).rows}
    assert (rows["1"].said, rows["1"].period, rows["1"].is_asked) == ("No", "Past month", True)
    assert (rows["3"].said, rows["3"].is_asked) == ("", False)
    assert (rows["6"].said, rows["6"].is_refused, rows["6"].is_open) == ("", True, True)
    assert [row.number for row in result_of(who, one.pk).rows] == ["1", "2", "3", "4", "5", "6", "6a"]
    assert not open_result(who, one.pk).listed.is_scored
    assert open_result(who, one.pk).listed.band == "Not scored: too many questions are open"


def test_finishing_with_open_questions_is_refused_and_keeps_what_was_entered(who: Actor, case: Case) -> None:
    one = on_screen(who, case)
    with pytest.raises(InstrumentRefused, match="no answer yet"):
        save_answers(who, one.pk, {"1": 2}, ends=True)
    one.refresh_from_db()
    assert one.state == State.BEGUN
    assert read_answers(one) == {"1": 2}


def test_a_stopped_one_is_scored_as_it_stands(who: Actor, case: Case) -> None:
    one = on_screen(who, case)
    save_answers(who, one.pk, {"1": 3, "2": 3})
    stop(who, one.pk)
    listed = open_result(who, one.pk).listed
    assert listed.score is not None
    assert (listed.administration.state, listed.score.total, listed.score.missing) == (State.STOPPED, None, 9)
    assert case.entries.filter(code="questionnaire_stopped").count() == 1


def test_one_that_was_stopped_without_any_answer_has_no_result(who: Actor, case: Case) -> None:
    one = on_screen(who, case)
    stop(who, one.pk)
    listed = open_result(who, one.pk).listed
    assert (listed.score, listed.band, listed.parts, listed.is_scored) == (None, "", [], False)
    assert listed.administration.rule == ""


def test_one_given_by_code_is_not_filled_in_on_the_screen(who: Actor, case: Case) -> None:
    one = given(who, case).administration
    for act in (lambda: save_answers(who, one.pk, {"1": 0}), lambda: finish(who, one.pk)):
        with pytest.raises(InstrumentRefused, match="by a code"):
            act()


def test_the_parts_of_a_psc_17_are_named(who: Actor, case: Case) -> None:
    one = on_screen(who, case, "psc-17", respondent=Respondent.PARENT)
    every = {str(number): 1 for number in range(1, 18)}
    save_answers(who, one.pk, every, ends=True)
    assert [(name, part.total, part.reached) for name, part in open_result(who, one.pk).listed.parts] == [
        ("Turned inwards: worry and sadness", 5, True),
        ("Attention", 5, False),
        ("Turned outwards: conduct", 7, True),
    ]


def test_only_who_may_open_the_case_reads_or_enters(who: Actor, case: Case) -> None:
    one = on_screen(who, case)
    for stranger in (psychologist(), lead_over(case.school)):
        for act in (
            lambda actor=stranger: save_answers(actor, one.pk, {"1": 0}),
            lambda actor=stranger: open_result(actor, one.pk),
            lambda actor=stranger: open_sheet(actor, one.pk),
            lambda actor=stranger: stop(actor, one.pk),
        ):
            with pytest.raises(Administration.DoesNotExist):
                act()
        with pytest.raises(Case.DoesNotExist):
            open_case_sheet(stranger, case.pk)


def test_every_reading_is_logged_and_an_empty_list_is_no_reading(who: Actor, case: Case) -> None:
    open_case_sheet(who, case.pk)
    assert not AuditEntry.objects.filter(action="instrument_list_read").exists()
    one = on_screen(who, case)
    open_case_sheet(who, case.pk)
    open_result(who, one.pk)
    open_sheet(who, one.pk)
    read = AuditEntry.objects.get(action="instrument_list_read")
    assert (read.pupil_id, read.detail["questionnaires"]) == (case.pupil_id, [str(one.pk)])
    assert AuditEntry.objects.filter(action="instrument_read", obj=f"instruments.Administration/{one.pk}").count() == 2


def test_the_history_draws_the_totals_of_one_instrument_in_the_order_of_time(who: Actor, case: Case) -> None:
    for total in (12, 3):
        one = on_screen(who, case, "gad-7")
        answers: dict[str, int | None] = {str(number): 0 for number in range(1, 8)}
        left = total
        for question in answers:
            answers[question] = min(3, left)
            left -= answers[question] or 0
        save_answers(who, one.pk, answers, ends=True)
    stopped = on_screen(who, case, "gad-7")
    save_answers(who, stopped.pk, {"1": 1})
    stop(who, stopped.pk)
    on_screen(who, case, "asq")
    sheet = open_case_sheet(who, case.pk)
    (history,) = sheet.histories
    assert (history.name, history.respondent, history.has_limits) == ("GAD-7", "pupil", True)
    assert [dot.total for dot in history.drawing.dots] == [12, 3]
    assert [row.score.total for row in history.rows if row.score] == [12, 3]
    assert history.sentence.startswith("GAD-7, totals by day: ")
    assert history.sentence.endswith(": 3")
    assert len(sheet.rows) == 4
    assert sheet.case == case


def test_the_demo_scores_nothing(who: Actor, case: Case, settings: Any) -> None:
    settings.DEMO = True
    one = on_screen(who, case, "demo", language="ru")
    save_answers(who, one.pk, dict.fromkeys(DEMO_QUESTIONS, 1), ends=True)
    result = open_result(who, one.pk)
    assert result.listed.score is not None
    assert (result.listed.score.total, result.listed.score.needs_assessment) == (None, False)
    assert result.rows[0].text == "Ты любишь рисовать?"
    assert result.language == "ru"
