"""Whatever order people work in, a signed plan stays what it was, and parents read what was marked and shared."""

from datetime import date
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from caseflow.cases.models import Task
from caseflow.cases.rules import CaseRefused
from caseflow.plans.models import SafetyPlan, SafetyPlanVersion
from caseflow.plans.rules import Line, PlanText
from caseflow.plans.selectors import signed_plan
from caseflow.plans.selectors.versions import read_version, safety_of
from caseflow.plans.services import begin_draft, drop_draft, end_sharing, save_draft, share_plan, sign_plan
from caseflow.plans.services.sharing import open_shared
from tests.cases.factories import case_of, psychologist, pupil_of
from tests.directory.factories import parent_of
from tests.plans.factories import fresh, given, text

lines = st.lists(st.builds(Line, st.sampled_from(["Мама", "Рисую", "Гуляю"]), st.booleans()), max_size=2)


class PlanMachine(RuleBasedStateMachine):
    """A model of one safety plan in plain values, driven beside the real one."""

    @initialize()
    def begin_all(self) -> None:
        self.who = psychologist()
        self.case = case_of(self.who, pupil_of(self.who, birth_date=date(2012, 5, 1)))
        self.parent = parent_of(self.case.pupil)
        self.begun = False
        self.draft: PlanText | None = None
        self.signed: list[PlanText] = []
        self.shared: int | None = None

    @rule()
    def begin(self) -> None:
        found = begin_draft(self.who, self.case.pk)
        if self.draft is None:
            blank = PlanText(self.case.pupil.first_name, ((),) * 6)
            self.draft = self.signed[-1] if self.signed else blank
        assert found == self.draft
        self.begun = True

    @rule(alone=lines, surroundings=lines, is_stale=st.booleans())
    def write(self, alone: list[Line], surroundings: list[Line], is_stale: bool) -> None:
        words = text(alone=alone, surroundings=surroundings)
        seen = "0" * 64 if is_stale or self.draft is None else self.draft.sha256
        allowed = self.draft is not None and not is_stale
        if self._happens(allowed, lambda: save_draft(self.who, self.case.pk, words, seen_sha256=seen)):
            self.draft = words

    @rule(read_aloud=st.booleans())
    def sign(self, read_aloud: bool) -> None:
        draft = self.draft
        ready = draft is not None and read_aloud and bool(draft.steps[5]) and any(draft.steps[:5])
        seen = draft.sha256 if draft else ""
        how = given(read_aloud=read_aloud)
        if self._happens(ready, lambda: sign_plan(self.who, self.case.pk, how, seen_sha256=seen)) and draft:
            self.signed.append(draft)
            self.draft = None

    @rule()
    def drop(self) -> None:
        seen = self.draft.sha256 if self.draft else ""
        allowed = self.draft is not None and bool(self.signed)
        if self._happens(allowed, lambda: drop_draft(self.who, self.case.pk, seen_sha256=seen)):
            self.draft = None

    @rule()
    def share(self) -> None:
        newest = len(self.signed) - 1
        allowed = bool(self.signed) and self.signed[-1].is_shared and self.shared != newest
        if self._happens(allowed, lambda: share_plan(self.who, self.case.pk)):
            self.shared = newest

    @rule()
    def unshare(self) -> None:
        if self._happens(self.shared is not None, lambda: end_sharing(self.who, self.case.pk)):
            self.shared = None

    @invariant()
    def every_signed_text_is_what_it_was(self) -> None:
        if not hasattr(self, "who"):
            return
        case = fresh(self.who, self.case)
        kept = SafetyPlanVersion.objects.filter(plan__case=case).order_by("number")
        assert [version.number for version in kept] == list(range(1, len(self.signed) + 1))
        for version, words in zip(kept, self.signed, strict=True):
            shown = read_version(case, version)
            assert (shown.text, version.text_sha256, len(shown.signed)) == (words, words.sha256, 2)
        newest = signed_plan(case, None)
        assert (newest.number if newest else 0) == len(self.signed)
        assert safety_of(case).draft == self.draft
        assert SafetyPlan.objects.filter(case=case).exists() is self.begun

    @invariant()
    def one_task_waits_to_look_at_what_was_signed_last(self) -> None:
        if hasattr(self, "who"):
            assert Task.objects.filter(case=self.case, done_at=None).count() == min(1, len(self.signed))

    @invariant()
    def a_parent_reads_the_marked_lines_of_what_is_shared(self) -> None:
        if hasattr(self, "who"):
            shown = open_shared(self.parent, self.case.pupil_id)
            wanted = None if self.shared is None else self.signed[self.shared].shared
            assert (shown.text if shown else None) == wanted

    def _happens(self, allowed: bool, act: Any) -> bool:
        """Whether the act was done; it must be exactly when it is allowed."""
        try:
            with transaction.atomic():
                act()
        except (CaseRefused, SafetyPlan.DoesNotExist):
            assert not allowed
            return False
        assert allowed
        return True


@pytest.mark.django_db
def test_a_safety_plan_keeps_its_promises() -> None:
    run_state_machine_as_test(
        PlanMachine,
        settings=settings(
            max_examples=8, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
