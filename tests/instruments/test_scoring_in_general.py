"""What holds of every rule, whatever is answered."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseflow.instruments.enums import Alarm
from caseflow.instruments.rules.scoring import NOT_SCORED, RULES, Answers, Rule, Score
from caseflow.instruments.rules.scoring.base import ALARMS

SUMMED = ("phq-a", "gad-7", "srss", "psc-17")
ANY_RULE = st.sampled_from([rule for rule in RULES.values() if rule.name != "sdq-total"])


@st.composite
def answered(draw: st.DrawFn, *, whole: bool = False) -> tuple[Rule, dict[str, int | None]]:
    """A rule with answers to some of its questions, refusals among them; with `whole` to all and none refused."""
    rule = draw(ANY_RULE)
    answers: dict[str, int | None] = {}
    for question, values in rule.questions.items():
        choices: list[Any] = list(values) if whole else [*values, None, ...]
        answer = draw(st.sampled_from(choices))
        if answer is not ...:
            answers[question] = answer
    return rule, answers


@given(answered())
def test_a_score_is_given_for_whatever_was_answered(drawn: tuple[Rule, dict[str, int | None]]) -> None:
    rule, answers = drawn
    score = rule.score(answers)
    assert 0 <= score.missing <= len(rule.questions)
    assert set(score.open_questions) <= set(rule.questions)
    if score.total is not None:
        assert 0 <= score.total <= rule.axis.highest


@given(answered())
def test_questions_that_are_not_asked_change_nothing(drawn: tuple[Rule, dict[str, int | None]]) -> None:
    rule, answers = drawn
    counted = dict(rule.counted(answers))
    assert rule.score(counted) == rule.score(answers)
    assert rule.alarm(counted) == rule.alarm(answers)
    assert rule.asked(counted) == rule.asked(answers)


@given(answered(), st.data())
def test_the_order_of_answering_does_not_matter(drawn: tuple[Rule, dict[str, int | None]], data: st.DataObject) -> None:
    rule, answers = drawn
    shuffled = dict(data.draw(st.permutations(list(answers.items()))))
    assert rule.score(shuffled) == rule.score(answers)
    assert rule.alarm(shuffled) == rule.alarm(answers)


def pressing(alarm: Alarm | None) -> int:
    return -1 if alarm is None else ALARMS.index(alarm)


@given(answered())
def test_an_alarm_never_sinks_while_questions_are_answered_in_their_order(
    drawn: tuple[Rule, dict[str, int | None]],
) -> None:
    rule, answers = drawn
    so_far: dict[str, int | None] = {}
    last = -1
    for question in rule.questions:
        if question in answers and question in rule.asked(so_far):
            so_far[question] = answers[question]
            assert pressing(rule.alarm(so_far)) >= last
            last = pressing(rule.alarm(so_far))


@given(answered())
def test_whoever_raises_an_alarm_needs_assessment_whatever_the_total(
    drawn: tuple[Rule, dict[str, int | None]],
) -> None:
    rule, answers = drawn
    if rule.alarm(answers) is not None:
        assert rule.score(answers).needs_assessment


@given(answered(whole=True), st.data())
def test_one_more_point_never_lowers_a_sum(drawn: tuple[Rule, dict[str, int | None]], data: st.DataObject) -> None:
    rule, answers = drawn
    raised = [question for question, value in answers.items() if value != rule.questions[question][-1]]
    if rule.name not in SUMMED or not raised:
        return
    question = data.draw(st.sampled_from(raised))
    before, after = rule.score(answers), rule.score(answers | {question: (answers[question] or 0) + 1})
    assert whole(after) >= whole(before)
    assert after.needs_assessment or not before.needs_assessment


def whole(score: Score) -> int:
    assert score.total is not None
    return score.total


@given(answered())
def test_what_is_complete_is_always_scored(drawn: tuple[Rule, dict[str, int | None]]) -> None:
    rule, answers = drawn
    asked: Answers = {question: answers.get(question) for question in rule.asked(answers)}
    if None not in asked.values():
        assert rule.score(answers).band != NOT_SCORED
        assert rule.score(answers).missing == 0


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.name)
def test_a_rule_takes_its_own_values_and_refusals_and_nothing_else(rule: Rule) -> None:
    for question, values in rule.questions.items():
        assert all(rule.takes(question, value) for value in (*values, None))
        assert not rule.takes(question, max(values) + 1)
        assert not rule.takes(question, -1)
    assert not rule.takes("no such question", 0)
