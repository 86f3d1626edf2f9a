"""Whatever is done in whatever order, a questionnaire keeps its promises."""

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from caseflow.instruments.enums import State
from caseflow.instruments.rules.refusals import InstrumentRefused, NoSuchCodeError
from caseflow.instruments.rules.scoring import RULES
from caseflow.instruments.selectors.administrations import read_answers, result_of
from caseflow.instruments.services import open_code, renew_code, respond, stop
from caseflow.instruments.services.responding import Step
from tests.cases.factories import case_of, psychologist
from tests.instruments.factories import flows_of, given

ASQ = RULES["asq", 1]
ANSWERS = st.sampled_from([0, 1, None])


class QuestionnaireMachine(RuleBasedStateMachine):
    """A model of one ASQ given by code, driven beside the real one."""

    @initialize()
    def begin(self) -> None:
        self.who = psychologist()
        self.case = case_of(self.who)
        self.told = given(self.who, self.case, "asq")
        self.codes = [self.told.code]
        self.passes: list[tuple[int, str]] = []
        self.is_paused = False
        self.answers: dict[str, int | None] = {}
        self.state = State.GIVEN
        self.pressing = -1

    @rule(which=st.integers(0, 3))
    def open(self, which: int) -> None:
        number = min(which, len(self.codes) - 1)
        opened: list[Any] = []
        allowed = self._is_open() and number == len(self.codes) - 1
        self._happens(allowed, lambda: opened.append(open_code(self.codes[number], address=f"192.0.2.{number}")))
        self.passes += [(number, each.carried) for each in opened]
        self.is_paused = self.is_paused and not opened

    @rule(question=st.sampled_from(list(ASQ.questions)), value=ANSWERS, back=st.integers(0, 2))
    def answer(self, question: str, value: int | None, back: int) -> None:
        carried, works = self._a_pass(back)
        allowed = works and question in ASQ.asked(self.answers)
        if self._happens(allowed, lambda: respond(carried, Step("answer", question, value))):
            self.answers[question] = value
            self.state = State.BEGUN
            self.pressing = max(self.pressing, self._alarm())

    @rule(back=st.integers(0, 2))
    def finish(self, back: int) -> None:
        carried, works = self._a_pass(back)
        if self._happens(works, lambda: respond(carried, Step("finish"))) and self._is_whole():
            self.state = State.FINISHED

    @rule(back=st.integers(0, 2))
    def go_back(self, back: int) -> None:
        carried, works = self._a_pass(back)
        self._happens(works, lambda: respond(carried, Step("back")))

    @rule(back=st.integers(0, 2))
    def pause(self, back: int) -> None:
        carried, works = self._a_pass(back)
        if self._happens(works, lambda: respond(carried, Step("pause"))):
            self.is_paused = True

    @rule()
    def make_a_new_code(self) -> None:
        made: list[Any] = []
        self._happens(self._is_open(), lambda: made.append(renew_code(self.who, self.told.administration.pk)))
        self.codes += [each.code for each in made]

    @rule()
    def stop_it(self) -> None:
        if self._happens(self._is_open(), lambda: stop(self.who, self.told.administration.pk)):
            self.state = State.STOPPED

    @invariant()
    def it_is_what_was_done(self) -> None:
        result = result_of(self.who, self.told.administration.pk)
        one = result.administration
        assert one.state == self.state
        assert read_answers(one) == self.answers
        assert (one.code_digest is None) is not self._is_open()
        assert one.alarm == ("" if self.pressing < 0 else ("positive", "high", "acute")[self.pressing])
        assert len(flows_of(self.case)) == (self.pressing >= 0)
        scored = self.state in (State.FINISHED, State.STOPPED) and bool(self.answers)
        assert (result.listed.score is not None) is scored
        if result.listed.score:
            assert result.listed.score == ASQ.score(self.answers)

    def _is_open(self) -> bool:
        return self.state in (State.GIVEN, State.BEGUN)

    def _is_whole(self) -> bool:
        return all(question in self.answers for question in ASQ.asked(self.answers))

    def _alarm(self) -> int:
        alarm = ASQ.alarm(self.answers)
        return -1 if alarm is None else ("positive", "high", "acute").index(alarm)

    def _a_pass(self, back: int) -> tuple[str, bool]:
        """One of the last passes, and whether it still works: of the newest code, while it is open."""
        if not self.passes:
            return "", False
        number, carried = self.passes[max(0, len(self.passes) - 1 - back)]
        is_newest = carried == self.passes[-1][1] and not self.is_paused
        return carried, self._is_open() and number == len(self.codes) - 1 and is_newest

    def _happens(self, allowed: bool, act: Any) -> bool:
        try:
            with transaction.atomic():
                act()
        except (InstrumentRefused, NoSuchCodeError):
            assert not allowed
            return False
        assert allowed
        return True


@pytest.mark.django_db
def test_a_questionnaire_keeps_its_promises_in_any_order() -> None:
    run_state_machine_as_test(
        QuestionnaireMachine,
        settings=settings(
            max_examples=15,
            stateful_step_count=18,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )
