"""Whatever is reported, denied, merged and split: without a reason bullying needs two acts that count (rule 13)."""

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import School
from caseflow.incidents.services import BadReportError, establish, merge_reports, split_report
from tests.access.asking import undone
from tests.directory.factories import SchoolFactory, actor
from tests.incidents.bullying_factories import ENOUGH, act, confirm, party_of
from tests.incidents.factories import teacher_at
from tests.triage.factories import pupil_at

if TYPE_CHECKING:
    from caseflow.incidents.models import Incident

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return SchoolFactory.create()


@pytest.fixture
def psychologist(school: School) -> Actor:
    return actor(Role.PSYCHOLOGIST, school=school)


@pytest.fixture
def teacher(school: School, psychologist: Actor) -> Actor:
    return teacher_at(school)


STEPS = st.lists(
    st.tuples(st.sampled_from(["act", "deny", "merge", "split"]), st.integers(0, 5), st.integers(0, 5)),
    min_size=1,
    max_size=9,
)


@settings(
    max_examples=25,
    deadline=None,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS)
def test_without_a_reason_it_is_confirmed_exactly_where_two_acts_count(
    steps: list[tuple[str, int, int]], school: School, psychologist: Actor, teacher: Actor
) -> None:
    """Against a model that knows of each report who did what to whom, and whether it still counts by itself."""
    with undone():
        pupils = [pupil_at(school) for _each in range(3)]
        acts: list[tuple[Incident, tuple[int, int]]] = []
        denied: set[int] = set()
        merged: dict[int, int] = {}
        for what, one, other in steps:
            if what == "act" or not acts:
                between = [(0, 1), (1, 0), (0, 2)][one % 3]
                acts.append((act(teacher, (pupils[between[0]], pupils[between[1]])), between))
                continue
            a, b = one % len(acts), other % len(acts)
            alike = acts[a][1] == acts[b][1] and denied.isdisjoint({a, b})
            if what == "deny" and a not in merged and a not in merged.values():
                said = party_of(acts[a][0], "said_to_have_harmed")
                establish(psychologist, acts[a][0].pk, said, established=False)
                denied.add(a)
            elif what == "merge" and a != b and alike and not {a, b} & {*merged, *merged.values()}:
                merge_reports(psychologist, acts[a][0].pk, acts[b][0].pk)
                merged[a] = b
            elif what == "split" and a in merged:
                split_report(psychologist, acts[a][0].pk, reason=ENOUGH)
                del merged[a]
        for number, (incident, between) in enumerate(acts):
            counting = [n for n, (_i, of) in enumerate(acts) if of == between and n not in denied and n not in merged]
            if len(counting) >= 2 and number in counting:
                finding = confirm(psychologist, incident)
                assert set(finding.acts.all()) == {acts[n][0] for n in counting}
            else:
                with pytest.raises(BadReportError):
                    confirm(psychologist, incident)
