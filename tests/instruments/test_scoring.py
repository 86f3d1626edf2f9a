"""Each rule at each edge of its bands, and with answers missing."""

from typing import Any

import pytest

from caseflow.instruments.enums import Alarm
from caseflow.instruments.rules.scoring import NOT_SCORED, RULES, Answers, Rule, is_worse

ASQ, C_SSRS, PHQ_A, GAD_7 = (RULES[name, 1] for name in ("asq", "c-ssrs", "phq-a", "gad-7"))
PSC_17, SRSS, WHO_5, SDQ = (RULES[name, 1] for name in ("psc-17", "srss", "who-5", "sdq-total"))
NINE = [str(number) for number in range(1, 10)]
REST = {"year": 0, "difficulty": 0, "month": 0, "lifetime": 0}


def summing(rule: Rule, wanted: int, count: int) -> dict[str, int | None]:
    """Answers to the first `count` questions that add up to `wanted`."""
    answers: dict[str, int | None] = {}
    for question, values in list(rule.questions.items())[:count]:
        answers[question] = min(wanted, values[-1])
        wanted -= answers[question] or 0
    assert wanted == 0
    return answers


def said(**answers: int | None) -> dict[str, int | None]:
    return {name.strip("q"): value for name, value in answers.items()}


# ASQ


@pytest.mark.parametrize("question", ["1", "2", "3", "4"])
@pytest.mark.parametrize("answer", [1, None])
def test_a_yes_or_a_refusal_in_any_of_the_first_four_asq_questions_is_positive(
    question: str, answer: int | None
) -> None:
    answers: dict[str, int | None] = {"1": 0, "2": 0, "3": 0, "4": 0}
    answers[question] = answer
    assert ASQ.asked(answers)[-1] == "5"
    assert ASQ.score(answers | {"5": 0}).band == "positive"
    assert ASQ.score(answers | {"5": 0}).needs_assessment
    assert ASQ.alarm(answers) == Alarm.POSITIVE
    assert ASQ.alarm({question: answer}) == Alarm.POSITIVE


def test_a_yes_to_the_fifth_asq_question_is_acute() -> None:
    answers = said(q1=1, q2=0, q3=0, q4=0, q5=1)
    assert (ASQ.score(answers).band, ASQ.alarm(answers)) == ("acute", Alarm.ACUTE)


def test_four_times_no_ends_the_asq_as_negative_without_the_fifth_question() -> None:
    answers = said(q1=0, q2=0, q3=0, q4=0)
    assert ASQ.asked(answers) == ("1", "2", "3", "4")
    score = ASQ.score(answers)
    assert (score.band, score.needs_assessment, score.missing, ASQ.alarm(answers)) == ("negative", False, 0, None)


def test_an_asq_that_was_stopped_is_never_called_negative() -> None:
    score = ASQ.score(said(q1=0, q2=0))
    assert (score.band, score.missing, score.open_questions) == (NOT_SCORED, 2, ("3", "4"))


def test_an_unanswered_fifth_asq_question_stays_open() -> None:
    score = ASQ.score(said(q1=1, q2=0, q3=0, q4=0, q5=None))
    assert (score.band, score.missing, score.open_questions) == ("positive", 1, ("5",))


def test_a_fifth_asq_answer_no_longer_counts_when_somebody_went_back_to_four_times_no() -> None:
    assert ASQ.score(said(q1=0, q2=0, q3=0, q4=0, q5=1)).band == "negative"


# C-SSRS


@pytest.mark.parametrize(
    ("answers", "band", "alarm"),
    [
        (said(q1=0, q2=0, q6=0), "none", None),
        (said(q1=1, q2=0, q6=0), "low", Alarm.POSITIVE),
        (said(q1=0, q2=1, q3=0, q4=0, q5=0, q6=0), "low", Alarm.POSITIVE),
        (said(q1=0, q2=1, q3=1, q4=0, q5=0, q6=0), "moderate", Alarm.POSITIVE),
        (said(q1=0, q2=0, q6=1) | {"6a": 0}, "moderate", Alarm.POSITIVE),
        (said(q1=0, q2=1, q3=0, q4=1, q5=0, q6=0), "high", Alarm.HIGH),
        (said(q1=0, q2=1, q3=0, q4=0, q5=1, q6=0), "high", Alarm.HIGH),
        (said(q1=0, q2=0, q6=1) | {"6a": 1}, "high", Alarm.HIGH),
    ],
)
def test_the_c_ssrs_level_is_that_of_the_gravest_yes(answers: Answers, band: str, alarm: Alarm | None) -> None:
    score = C_SSRS.score(answers)
    assert (score.band, score.missing, C_SSRS.alarm(answers)) == (band, 0, alarm)
    assert score.needs_assessment is (band != "none")


def test_no_to_the_second_c_ssrs_question_leads_on_to_the_sixth() -> None:
    assert C_SSRS.asked(said(q1=0, q2=0)) == ("1", "2", "6")
    assert C_SSRS.asked(said(q1=0, q2=1)) == ("1", "2", "3", "4", "5", "6")
    assert C_SSRS.asked(said(q1=0, q2=None)) == ("1", "2", "3", "4", "5", "6")
    assert C_SSRS.asked(said(q1=0, q2=0, q6=1)) == ("1", "2", "6", "6a")


def test_answers_behind_a_no_that_was_given_later_do_not_count() -> None:
    answers = said(q1=0, q2=0, q4=1, q6=0)
    assert (C_SSRS.score(answers).band, C_SSRS.alarm(answers)) == ("none", None)


def test_a_c_ssrs_with_open_questions_is_never_called_free_of_signs() -> None:
    score = C_SSRS.score(said(q1=0, q2=0, q6=None))
    assert (score.band, score.missing, score.open_questions) == (NOT_SCORED, 1, ("6",))
    assert C_SSRS.score(said(q1=0, q2=0, q6=1)).open_questions == ("6a",)


# PHQ-A


@pytest.mark.parametrize(
    ("total", "band"),
    [
        (0, "minimal"),
        (4, "minimal"),
        (5, "mild"),
        (9, "mild"),
        (10, "moderate"),
        (14, "moderate"),
        (15, "moderately_severe"),
        (19, "moderately_severe"),
        (20, "severe"),
        (27, "severe"),
    ],
)
def test_the_phq_a_bands_begin_and_end_where_the_table_says(total: int, band: str) -> None:
    score = PHQ_A.score(summing(PHQ_A, total, 9) | REST)
    assert (score.band, score.total, score.missing, score.prorated) == (band, total, 0, False)


def test_a_phq_a_within_the_lowest_band_needs_no_assessment_by_its_total() -> None:
    assert not PHQ_A.score(summing(PHQ_A, 4, 9) | REST).needs_assessment
    assert PHQ_A.score(summing(PHQ_A, 5, 9) | REST).needs_assessment


@pytest.mark.parametrize("positive", [{"9": 1}, {"9": 3}, {"month": 1}, {"lifetime": 1}])
def test_a_phq_a_answer_about_suicide_leads_to_an_interview_whatever_the_total(positive: dict[str, int]) -> None:
    answers = dict.fromkeys(NINE, 0) | REST | positive
    assert PHQ_A.score(answers).needs_assessment
    assert PHQ_A.alarm(answers) == Alarm.POSITIVE
    assert PHQ_A.alarm(positive) == Alarm.POSITIVE


def test_a_sad_year_alone_is_no_alarm() -> None:
    assert PHQ_A.alarm(dict.fromkeys(NINE[:8], 3) | {"9": 0, "year": 1, "difficulty": 3}) is None


@pytest.mark.parametrize(
    ("summed", "answered", "total", "band"),
    [
        (4, 8, 5, "mild"),  # 4.5 is rounded up, over the edge
        (8, 8, 9, "mild"),
        (9, 8, 10, "moderate"),  # 10.125
        (3, 7, 4, "minimal"),  # 3.857
        (4, 7, 5, "mild"),  # 5.14
        (21, 7, 27, "severe"),
        (0, 7, 0, "minimal"),
    ],
)
def test_one_or_two_missing_phq_a_answers_are_made_up_for(summed: int, answered: int, total: int, band: str) -> None:
    refused: dict[str, int | None] = dict.fromkeys(NINE[answered:8])
    nine = summing(PHQ_A, summed, answered) | refused | REST
    for answers in (nine, nine | {"9": None}):
        score = PHQ_A.score(answers)
        assert (score.total, score.band, score.prorated) == (total, band, True)
        assert score.missing == 9 - answered
        assert score.open_questions == ("9",)


def test_three_missing_phq_a_answers_give_no_score_but_question_nine_still_counts() -> None:
    few = summing(PHQ_A, 12, 6) | REST
    score = PHQ_A.score(few)
    assert (score.band, score.total, score.missing, score.needs_assessment) == (NOT_SCORED, None, 3, False)
    two = dict.fromkeys(NINE[:5], 0)
    assert PHQ_A.score(two | REST | {"9": 1}).needs_assessment


def test_open_questions_about_suicide_are_named_beside_a_complete_phq_a() -> None:
    score = PHQ_A.score(dict.fromkeys(NINE, 0) | {"month": None})
    assert (score.band, score.missing, score.open_questions) == ("minimal", 2, ("month", "lifetime"))


# The others


@pytest.mark.parametrize(
    ("total", "band"),
    [
        (0, "minimal"),
        (4, "minimal"),
        (5, "mild"),
        (9, "mild"),
        (10, "moderate"),
        (14, "moderate"),
        (15, "severe"),
        (21, "severe"),
    ],
)
def test_the_gad_7_bands(total: int, band: str) -> None:
    score = GAD_7.score(summing(GAD_7, total, 7))
    assert (score.band, score.total, score.needs_assessment) == (band, total, band != "minimal")


@pytest.mark.parametrize(
    ("total", "band"), [(0, "low"), (3, "low"), (4, "moderate"), (8, "moderate"), (9, "high"), (21, "high")]
)
def test_the_srss_bands(total: int, band: str) -> None:
    score = SRSS.score(summing(SRSS, total, 7))
    assert (score.band, score.total, score.needs_assessment) == (band, total, band != "low")


@pytest.mark.parametrize(
    ("raw", "shown", "band"), [(0, 0, "low"), (12, 48, "low"), (13, 52, "usual"), (25, 100, "usual")]
)
def test_a_who_5_below_thirteen_is_low_and_is_shown_times_four(raw: int, shown: int, band: str) -> None:
    score = WHO_5.score(summing(WHO_5, raw, 5))
    assert (score.band, score.total, score.needs_assessment) == (band, shown, band == "low")


@pytest.mark.parametrize("rule", [GAD_7, SRSS, WHO_5], ids=lambda rule: rule.name)
@pytest.mark.parametrize("gone", [{"1": None}, {}])
def test_where_the_table_is_silent_on_missing_answers_nothing_is_estimated(
    rule: Rule, gone: dict[str, int | None]
) -> None:
    answers = {question: 2 for question in rule.questions if question != "1"} | gone
    score = rule.score(answers)
    assert (score.band, score.total, score.missing, score.needs_assessment) == (NOT_SCORED, None, 1, False)


PARTS = {
    "internalising": (("2", "6", "9", "11", "15"), 5),
    "attention": (("1", "3", "7", "13", "17"), 7),
    "externalising": (("4", "5", "8", "10", "12", "14", "16"), 7),
}


@pytest.mark.parametrize("name", PARTS)
def test_a_part_of_the_psc_17_is_reached_at_its_limit_and_not_one_below(name: str) -> None:
    questions, limit = PARTS[name]
    none = dict.fromkeys(PSC_17.questions, 0)
    for total in (limit - 1, limit):
        wanted, answers = total, dict(none)
        for question in questions:
            answers[question] = min(2, wanted)
            wanted -= answers[question]
        score = PSC_17.score(answers)
        assert {part.name: part.total for part in score.parts}[name] == total
        assert (score.band == "reached", score.needs_assessment) == (total == limit, total == limit)


def test_the_total_of_the_psc_17_is_reached_at_fifteen() -> None:
    fourteen = dict.fromkeys(PSC_17.questions, 0)
    fourteen |= {"2": 2, "6": 2, "1": 2, "3": 2, "7": 1, "4": 2, "5": 2, "8": 1}
    assert (PSC_17.score(fourteen).total, PSC_17.score(fourteen).band) == (14, "below")
    fifteen = fourteen | {"13": 1}
    score = PSC_17.score(fifteen)
    assert (score.total, score.band, [part.reached for part in score.parts]) == (15, "reached", [False, False, False])


def test_a_psc_17_with_four_blank_is_invalid_and_with_three_the_blank_count_nothing() -> None:
    every: dict[str, Any] = dict.fromkeys(PSC_17.questions, 1)
    three = every | dict.fromkeys(("1", "2", "3"))
    assert (PSC_17.score(three).total, PSC_17.score(three).missing) == (14, 3)
    four = three | {"4": None}
    assert (PSC_17.score(four).band, PSC_17.score(four).total, PSC_17.score(four).missing) == (NOT_SCORED, None, 4)


@pytest.mark.parametrize("total", [0, 40])
def test_a_typed_total_is_kept_without_any_band(total: int) -> None:
    score = SDQ.score({"total": total})
    assert (score.band, score.total, score.needs_assessment) == ("typed", total, False)
    assert SDQ.takes("total", total)


def test_a_typed_total_outside_0_to_40_is_no_answer() -> None:
    assert [SDQ.takes("total", value) for value in (-1, 41, None)] == [False, False, True]


def test_an_alarm_is_worse_than_none_and_than_a_lesser_one_alone() -> None:
    assert is_worse(Alarm.POSITIVE, "")
    assert is_worse(Alarm.ACUTE, Alarm.HIGH)
    assert not is_worse(Alarm.HIGH, Alarm.HIGH)
    assert not is_worse(Alarm.POSITIVE, Alarm.ACUTE)
