"""Whatever officer, presser and operators do in which order: what is a drill, and when it may be known."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseflow.alarms.models import Alarm, Drill
from caseflow.alarms.services import (
    BadAlarmError,
    BadDrillError,
    accept,
    arm_drill,
    classify,
    close,
    disarm_drill,
    dispatch,
    say_it_is_real,
    treat_as_real,
)
from tests.alarms.buttons import wall_button
from tests.alarms.drills import officer_of, planned
from tests.alarms.factories import Territory, pressed, territory

pytestmark = pytest.mark.django_db
REFUSED = (BadAlarmError, BadDrillError)


@pytest.fixture
def here() -> Territory:
    return territory()


class Model:
    """What the rules say of one button: whether it is armed, its open alarm, whether that is a drill in fact, and how
    far the police are with it."""

    def __init__(self, here: Territory) -> None:
        self.here, self.wall, self.officer = here, wall_button(here.school), officer_of(here.school)
        self.drill: Drill | None = None
        self.alarm: Alarm | None = None
        self.armed = self.in_fact = self.accepted = self.sent = False

    @property
    def open(self) -> Alarm:
        assert self.alarm is not None
        return self.alarm

    def arm(self) -> None:
        drill = self.drill = self.drill or planned(self.officer, self.wall.device)
        if _done(lambda: arm_drill(self.officer, drill.pk), self.alarm is None):
            self.armed = True

    def disarm(self) -> None:
        if self.drill:
            disarm_drill(self.officer, self.drill.pk)
            self.armed = False

    def press(self) -> None:
        now = self.wall.press()
        if self.alarm:
            assert now == self.alarm
            self.in_fact = False
            return
        self.alarm, self.in_fact, self.accepted, self.sent = now, self.armed, False, False
        self.drill = None if self.armed else self.drill
        self.armed = False

    def press_another(self) -> None:
        other = pressed(self.here.phone)
        assert other != self.alarm
        assert not Alarm.objects.get(pk=other.pk).is_drill
        assert not Drill.objects.filter(alarm=other).exists()

    def accept(self) -> None:
        accept(self.here.operator, self.open.pk)
        self.accepted = True

    def say_real(self) -> None:
        say_it_is_real(self.wall.device, self.open.pk)
        self.in_fact = False

    def treat_as_real(self) -> None:
        if _done(lambda: treat_as_real(self.here.operator, self.open.pk), self.accepted and self.in_fact):
            self.in_fact = False

    def dispatch(self) -> None:
        possible = self.accepted and not self.in_fact and not self.sent
        self.sent = _done(lambda: dispatch(self.here.operator, self.open.pk), possible) or self.sent

    def close(self) -> None:
        alarm = self.open
        if self.accepted and not self.in_fact:
            classify(self.here.operator, alarm.pk, "mistake")
        if _done(lambda: close(self.here.operator, alarm.pk), self.accepted):
            assert Alarm.objects.get(pk=alarm.pk).finding == ("drill" if self.in_fact else "mistake")
            self.alarm = None


ANYTIME = ("arm", "disarm", "press", "press_another")
WITH_ALARM = ("accept", "say_real", "treat_as_real", "dispatch", "close")


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.sampled_from(ANYTIME + WITH_ALARM + ("press", "accept")), max_size=14))
def test_a_drill_is_what_the_rules_say(here: Territory, acts: list[str]) -> None:
    model = Model(here)
    for act in acts:
        if act in ANYTIME or model.alarm:
            getattr(model, act)()
        if model.alarm:
            assert Alarm.objects.get(pk=model.alarm.pk).is_drill == (model.in_fact and model.accepted)


def _done(act: Callable[[], object], possible: bool) -> bool:
    try:
        act()
    except REFUSED:
        assert not possible
        return False
    assert possible
    return True
