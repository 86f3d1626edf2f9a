"""The count of open cases that the database keeps is what a count would give, whatever happens to the cases."""

from collections import Counter
from itertools import count
from typing import Any

import pytest
from django.utils import timezone
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

from caseflow.cases.enums import Stage
from caseflow.cases.models import Case, Caseload, ChronologyEntry
from caseflow.cases.selectors.caseload import open_by_school
from caseflow.directory.enums import Role
from caseflow.triage.enums import Audience
from caseflow.triage.services import decide
from tests.cases.factories import case_of, lead_over, psychologist
from tests.directory.factories import GuardianFactory, GuardianshipFactory, RegionFactory, SchoolFactory, actor
from tests.triage.factories import item_at

SCHOOLS = st.integers(0, 2)


class Counting(RuleBasedStateMachine):
    """Rows of cases at three schools, changed behind the program's back: by the row and many at once."""

    @initialize()
    def begin(self) -> None:
        self.people = [psychologist() for _ in range(3)]
        self.schools = [who.membership.school for who in self.people]
        self.numbers = count(1000, 1000)  # far from those that the school gives

    @rule(at=SCHOOLS)
    def open_case(self, at: int) -> None:
        case_of(self.people[at])

    @rule(at=SCHOOLS, shut=st.booleans())
    def all_at_once(self, at: int, shut: bool) -> None:
        moment, stage = (timezone.now(), Stage.CLOSED) if shut else (None, Stage.REOPENED)
        Case.objects.filter(school=self.schools[at]).update(closed_at=moment, stage=stage)

    @precondition(lambda self: bool(getattr(self, "schools", []) and self.cases))
    @rule(data=st.data(), shut=st.booleans(), to=SCHOOLS)
    def one(self, data: st.DataObject, shut: bool, to: int) -> None:
        """Closed or reopened, and gone to another school, in one step."""
        moment, stage = (timezone.now(), Stage.CLOSED) if shut else (None, Stage.REOPENED)
        there = {"school": self.schools[to], "number": next(self.numbers)}
        self._drawn(data).update(closed_at=moment, stage=stage, **there)

    @precondition(lambda self: bool(getattr(self, "schools", []) and self.cases))
    @rule(data=st.data())
    def another_stage(self, data: st.DataObject) -> None:
        self._drawn(data).filter(closed_at=None).update(stage=Stage.PLAN)

    @precondition(lambda self: bool(getattr(self, "schools", []) and self.cases))
    @rule(data=st.data())
    def erase(self, data: st.DataObject) -> None:
        gone = self._drawn(data)
        ChronologyEntry.objects.filter(case__in=gone)._raw_delete("default")
        gone._raw_delete("default")

    @invariant()
    def as_counted(self) -> None:
        kept = Caseload.objects.values_list("school", "number")
        there = Counter(Case.objects.filter(closed_at=None).order_by().values_list("school", flat=True))
        assert {school: number for school, number in kept if number} == there

    @property
    def cases(self) -> list[Any]:
        """The ids of the cases of this run, in the order in which they came."""
        return list(Case.objects.filter(school__in=self.schools).order_by("opened_at").values_list("pk", flat=True))

    def _drawn(self, data: st.DataObject) -> Any:
        return Case.objects.filter(pk=self.cases[data.draw(st.integers(0, len(self.cases) - 1))])


@pytest.mark.django_db
@pytest.mark.usefixtures("alone")
def test_the_count_follows_every_row() -> None:
    run_state_machine_as_test(
        Counting,
        settings=settings(
            max_examples=15, stateful_step_count=12, deadline=None, suppress_health_check=[HealthCheck.too_slow]
        ),
    )


@pytest.mark.django_db
def test_the_sum_leaves_out_what_is_kept_from_whoever_asks() -> None:
    region = RegionFactory.create()
    here, elsewhere = (psychologist(SchoolFactory.create(district__region=region)) for _ in range(2))
    mine, there = case_of(here), case_of(elsewhere)
    case_of(here)
    lead = actor(Role.LEAD_PSYCHOLOGIST, region=region)
    assert open_by_school(lead) == {mine.school_id: 2, there.school_id: 1}
    for case in (mine, there):
        GuardianshipFactory.create(pupil=case.pupil, guardian=GuardianFactory.create(user=lead.user))
    assert open_by_school(lead) == {mine.school_id: 1, there.school_id: 0}
    item = item_at(mine.school, audience=Audience.LEAD)
    decide(lead_over(mine.school), item_id=item.pk, decision="open_case")
    assert open_by_school(here) == {mine.school_id: 2}
    assert open_by_school(lead) == {mine.school_id: 2, there.school_id: 0}
