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

from caseflow.cases.enums import GRAVE, RiskLevel, Stage
from caseflow.cases.models import Case
from caseflow.cases.rules import CaseRefused, Standing, is_legal, missing_for
from caseflow.cases.selectors.pages import case_file
from caseflow.cases.services import (
    agree_to_close,
    ask_to_close,
    close_case,
    complete_task,
    move_case,
    reopen_case,
    set_risk,
    take_back_closing,
)
from tests.cases.factories import case_of, lead_over, note_in, psychologist, pupil_of, task_for


class CaseMachine(RuleBasedStateMachine):
    """A model of one case in plain values, driven beside the real one."""

    @initialize()
    def begin(self) -> None:
        self.who = psychologist()
        self.pupil = pupil_of(self.who)
        self.case = case_of(self.who, self.pupil)
        self.lead = lead_over(self.case.school)
        self.open, self.notes, self.lines = True, 0, 1
        self.stage, self.grave, self.asked = Stage.NEW, False, False
        self.risk: RiskLevel | None = None
        self.assessed: list[str] = []
        self.unfinished: list[Any] = []

    @rule()
    def note(self) -> None:
        if self._happens(self.open, lambda: note_in(self.case, self.who, "Заметка")):
            self.notes += 1
            self.lines += 1

    @rule(
        level=st.sampled_from(RiskLevel),
        basis=st.sampled_from(["", "Беседа"]),
        formulation=st.sampled_from(["", "Травля"]),
    )
    def assess(self, level: RiskLevel, basis: str, formulation: str) -> None:
        allowed = self.open and bool(basis) and (bool(formulation) or level not in GRAVE)
        if self._happens(
            allowed,
            lambda: set_risk(self.who, self.case.pk, level=level, basis=basis, formulation=formulation),
        ):
            self.risk = level
            self.grave = self.grave or level in GRAVE
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

    @rule(stage=st.sampled_from(Stage))
    def move(self, stage: Stage) -> None:
        standing = Standing(self.risk is not None, len(self.unfinished))
        allowed = self.open and not self.asked and is_legal(self.stage, stage) and not missing_for(stage, standing)
        if self._happens(allowed, lambda: move_case(self.who, self.case.pk, stage=stage, reason="Дальше")):
            self.stage = stage
            self.lines += 1

    @rule(reason=st.sampled_from(["", "Пора"]))
    def close(self, reason: str) -> None:
        allowed = self.open and bool(reason) and not self.grave and not self.unfinished
        if self._happens(allowed, lambda: close_case(self.who, self.case.pk, reason=reason)):
            self._closed()
            self.lines += 1

    @rule()
    def ask(self) -> None:
        allowed = self.open and self.grave and not self.unfinished and not self.asked
        lead = self.lead.membership.pk
        if self._happens(allowed, lambda: ask_to_close(self.who, self.case.pk, membership_id=lead, reason="Пора")):
            self.asked = True
            self.lines += 1

    @rule()
    def take_back(self) -> None:
        if self._happens(self.open and self.asked, lambda: take_back_closing(self.who, self.case.pk)):
            self.asked = False
            self.lines += 1

    @precondition(lambda self: getattr(self, "asked", False))
    @rule()
    def agree(self) -> None:
        if self._happens(not self.unfinished, lambda: agree_to_close(self.lead, self.case.pk, text="Да")):
            self._closed()
            self.lines += 2

    @rule(reason=st.sampled_from(["", "Новый сигнал"]))
    def reopen(self, reason: str) -> None:
        allowed = not self.open and bool(reason)
        if self._happens(allowed, lambda: reopen_case(self.who, self.case.pk, reason=reason)):
            self.open, self.stage, self.grave = True, Stage.REOPENED, self.risk in GRAVE
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
        assert case.stage == self.stage
        assert (case.closed_at is None) is self.open
        assert case.risk == self.risk
        assert [row.assessment.level for row in file.assessments] == self.assessed
        assert {row.task.pk for row in file.unfinished} == {task.pk for task in self.unfinished}
        assert case.entries.count() == self.lines
        assert case.entries.filter(kind="note").count() == self.notes

    @invariant()
    def a_closed_case_leaves_nothing_behind(self) -> None:
        closed = Case.objects.filter(stage=Stage.CLOSED)
        assert not closed.filter(tasks__done_at=None, tasks__isnull=False).exists()
        assert not closed.filter(closing_requests__state="asked").exists()

    def _closed(self) -> None:
        self.open, self.asked, self.stage = False, False, Stage.CLOSED

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
@pytest.mark.usefixtures("alone")
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
