"""Whatever order people work in, a case keeps its promises."""

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from caseflow.cases.enums import GRAVE, CaseStatus, RiskLevel
from caseflow.cases.models import Case
from caseflow.cases.rules import CaseRefused
from caseflow.cases.selectors.pages import case_file
from caseflow.cases.services import close_case, complete_task, reopen_case, set_risk
from tests.cases.factories import case_of, note_in, psychologist, pupil_of, task_for


class CaseMachine(RuleBasedStateMachine):
    """A model of one case in plain values, driven beside the real one."""

    @initialize()
    def begin(self) -> None:
        self.who = psychologist()
        self.pupil = pupil_of(self.who)
        self.case = case_of(self.who, self.pupil)
        self.open, self.notes, self.lines = True, 0, 1
        self.risk: RiskLevel | None = None
        self.assessed: list[str] = []
        self.unfinished: list[Any] = []

    @rule()
    def note(self) -> None:
        if self._happens(self.open, lambda: note_in(self.case, self.who, "Заметка")):
            self.notes += 1
            self.lines += 1

    @rule(level=st.sampled_from(RiskLevel), basis=st.sampled_from(["", "Беседа"]))
    def assess(self, level: RiskLevel, basis: str) -> None:
        allowed = self.open and bool(basis)
        if self._happens(allowed, lambda: set_risk(self.who, self.case.pk, level=level, basis=basis)):
            self.risk = level
            self.assessed.insert(0, level)
            self.lines += 1

    @rule()
    def give_task(self) -> None:
        given: list[Any] = []
        if self._happens(self.open, lambda: given.append(task_for(self.case, self.who))):
            self.unfinished += given
            self.lines += 1

    @precondition(lambda self: bool(getattr(self, "unfinished", [])))
    @rule(data=st.data())
    def finish_task(self, data: st.DataObject) -> None:
        task = data.draw(st.sampled_from(self.unfinished))
        assert self._happens(True, lambda: complete_task(self.who, task.pk, outcome="Готово"))
        assert not self._happens(False, lambda: complete_task(self.who, task.pk, outcome="Снова"))
        self.unfinished.remove(task)
        self.lines += 1

    @rule(reason=st.sampled_from(["", "Пора"]))
    def close(self, reason: str) -> None:
        allowed = self.open and bool(reason) and self.risk not in GRAVE and not self.unfinished
        if self._happens(allowed, lambda: close_case(self.who, self.case.pk, reason=reason)):
            self.open = False
            self.lines += 1

    @rule(reason=st.sampled_from(["", "Новый сигнал"]))
    def reopen(self, reason: str) -> None:
        allowed = not self.open and bool(reason)
        if self._happens(allowed, lambda: reopen_case(self.who, self.case.pk, reason=reason)):
            self.open = True
            self.lines += 1

    @rule()
    def open_another(self) -> None:
        """Refused beside an open case; beside a closed one a second case would open, so it is taken back."""
        with transaction.atomic():
            opened = self._happens(not self.open, lambda: case_of(self.who, self.pupil))
            assert opened is not self.open
            transaction.set_rollback(True)

    @invariant()
    def the_case_is_what_its_history_says(self) -> None:
        file = case_file(self.who, self.case.pk)
        case = file.case
        assert case.status == (CaseStatus.OPEN if self.open else CaseStatus.CLOSED)
        assert (case.closed_at is None) is self.open
        assert case.risk == self.risk
        assert [row.assessment.level for row in file.assessments] == self.assessed
        assert {row.task.pk for row in file.unfinished} == {task.pk for task in self.unfinished}
        assert case.entries.count() == self.lines
        assert case.entries.filter(kind="note").count() == self.notes

    @invariant()
    def a_closed_case_leaves_nothing_behind(self) -> None:
        assert not Case.objects.filter(status=CaseStatus.CLOSED, tasks__done_at=None, tasks__isnull=False).exists()
        assert not Case.objects.filter(status=CaseStatus.CLOSED, risk__in=GRAVE).exists()

    def _happens(self, allowed: bool, act: Any) -> bool:
        """Do it: it succeeds exactly when `allowed`; a refusal changes nothing, as the invariants then check."""
        try:
            with transaction.atomic():
                act()
        except CaseRefused:
            assert not allowed
            return False
        assert allowed
        return True


@pytest.mark.django_db
def test_a_case_keeps_its_promises_in_any_order_of_work() -> None:
    run_state_machine_as_test(
        CaseMachine,
        settings=settings(
            max_examples=15,
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )
