"""Whatever order people work in, a flow keeps its promises."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from caseflow.cases.enums import GRAVE, RiskLevel
from caseflow.cases.rules import CaseRefused
from caseflow.cases.services import close_case, set_risk
from caseflow.clocks.models import Clock
from caseflow.directory.actors import Actor
from caseflow.protocols.enums import Part
from caseflow.protocols.models import Flow
from caseflow.protocols.rules import FlowRefused
from caseflow.protocols.services import (
    answer_calls,
    ask_to_end,
    confirm_end,
    do_step,
    send_back,
    set_looks,
    waive_step,
)
from tests.cases.factories import case_of, psychologist
from tests.plans.factories import signed
from tests.protocols.factories import telephoned

BY_WORDS = ("not_alone", "parents_told", "referred", "safety_plan")
STEPS = (*BY_WORDS, "second_knows", "assessed", "looks")


class FlowMachine(RuleBasedStateMachine):
    """A model of one flow in plain values, driven beside the real one. It began with a pupil's answer."""

    @initialize()
    def begin(self) -> None:
        self.leader = psychologist()
        self.second = psychologist(self.leader.membership.school)
        self.case = case_of(self.leader)
        self.flow = answer_calls(self.case, ref="instrument:x", by=None)
        signed(self.leader, self.case)
        self.steps = {step.step.code: step.pk for step in self.flow.steps.select_related("step")}
        self.settled: set[str] = set()
        self.grave, self.ended, self.assessed = False, False, False
        self.asked_by: bool | None = None  # whether the second person asked for the end

    @rule(code=st.sampled_from(STEPS), second=st.booleans(), words=st.sampled_from(["", "Сделано"]))
    def do(self, code: str, second: bool, words: str) -> None:
        fits = code in BY_WORDS or (code == "second_knows" and second)
        outside = telephoned() if code == "referred" and words else None
        allowed = self._open(code) and fits and bool(words)
        if self._happens(allowed, lambda: do_step(self._who(second), self.steps[code], proof=words, outside=outside)):
            self.settled.add(code)

    @rule(code=st.sampled_from(STEPS))
    def waive(self, code: str) -> None:
        part = {"parents_told": True, "second_knows": False, "assessed": False}.get(
            code, self.assessed and not self.grave
        )
        if self._happens(self._open(code) and part, lambda: waive_step(self.leader, self.steps[code], reason="Нет")):
            self.settled.add(code)

    @rule()
    def look_again(self) -> None:
        looks = [timezone.now() + timedelta(days=days) for days in (2, 7, 30)]
        if self._happens(self._open("looks"), lambda: set_looks(self.leader, self.steps["looks"], looks=looks)):
            self.settled.add("looks")

    @rule(level=st.sampled_from(RiskLevel))
    def assess(self, level: RiskLevel) -> None:
        set_risk(self.leader, self.case.pk, level=level, basis="Беседа", formulation="Травля, дома слышат")
        self.grave = self.grave or level in GRAVE
        if not self.ended:
            self.settled.add("assessed")
            self.assessed = True
        elif level in GRAVE:
            self.begin()  # a new flow in a new case: the old one has ended

    @rule(acute=st.booleans())
    def answer(self, acute: bool) -> None:
        """A further answer wants a new assessment before anything is left out; an acute one wants it as a step."""
        if self.ended:
            return
        answer_calls(self.case, ref="instrument:z", by=None, acute=acute)
        self.asked_by = None
        self.assessed = False
        if acute:
            self.settled.discard("assessed")

    @rule(second=st.booleans())
    def ask(self, second: bool) -> None:
        allowed = not self.ended and self.asked_by is None and len(self.settled) == len(STEPS)
        if self._happens(allowed, lambda: ask_to_end(self._who(second), self.flow.pk, reason="Спокойно")):
            self.asked_by = second

    @rule(second=st.booleans())
    def confirm(self, second: bool) -> None:
        allowed = not self.ended and self.asked_by is not None and self.asked_by != second
        if self._happens(allowed, lambda: confirm_end(self._who(second), self.flow.pk, words="Да")):
            self.ended = True

    @rule(second=st.booleans())
    def go_on(self, second: bool) -> None:
        allowed = not self.ended and self.asked_by is not None
        if self._happens(allowed, lambda: send_back(self._who(second), self.flow.pk, words="Ещё")):
            self.asked_by = None

    @rule()
    def begin_again(self) -> None:
        """The flow that runs is given; once it has ended, a new one would begin, so that is taken back."""
        with transaction.atomic():
            given = answer_calls(self.case, ref="instrument:y", by=None)
            assert (given == self.flow) is not self.ended
            transaction.set_rollback(True)

    @invariant()
    def the_flow_is_what_was_done(self) -> None:
        flow = Flow.objects.get(pk=self.flow.pk)
        done = set(flow.steps.filter(done_at__isnull=False).values_list("step__code", flat=True))
        assert done == self.settled
        assert flow.is_running is not self.ended
        stopped = Clock.objects.filter(flow_step__flow=flow, stopped_at__isnull=False)
        assert set(stopped.values_list("flow_step__step__code", flat=True)) == done

    @invariant()
    def nobody_closes_the_case_before_two_have_ended_it(self) -> None:
        parts = set(self.flow.steps.filter(done_at__isnull=False).values_list("step__part", flat=True)) - {""}
        if self.ended:
            assert parts == set(Part.values)
            return
        with pytest.raises(CaseRefused), transaction.atomic():
            close_case(self.leader, self.case.pk, reason="Пора")

    def _open(self, code: str) -> bool:
        return not self.ended and code not in self.settled

    def _who(self, second: bool) -> Actor:
        return self.second if second else self.leader

    def _happens(self, allowed: bool, act: Any) -> bool:
        """Do it: it succeeds exactly when `allowed`; a refusal changes nothing, as the invariants then check."""
        try:
            with transaction.atomic():
                act()
        except FlowRefused:
            assert not allowed
            return False
        assert allowed
        return True


@pytest.mark.django_db
def test_a_flow_keeps_its_promises_in_any_order_of_work() -> None:
    run_state_machine_as_test(
        FlowMachine,
        settings=settings(
            max_examples=8,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )
