"""Any sequence of crashes and of clocks set back: nothing is sent twice by one claim, and nothing is lost for good."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from notifications.enums import Channel, DeliveryState, Trouble
from notifications.models import Alert, Delivery
from notifications.services import claiming
from tests.notifications.wishes import owed, states, wishing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("everything_offered")]


class Post(RuleBasedStateMachine):
    """Two workers that die at any moment, against a clock and a sweeper, over two alerts to somebody."""

    def __init__(self) -> None:
        super().__init__()
        self.now = timezone.now()
        self.held: dict[str, Delivery] = {}
        self.claims: dict[int, int] = {}
        self.sendings: dict[int, int] = {}
        self.reader = wishing(email=True, sms=True)
        self.alerts: list[int] = []

    @initialize()
    def begin(self) -> None:
        self.tell()

    @rule()
    def tell(self) -> None:
        self.alerts += [row.alert_id for row in owed(self.reader)]

    @rule(worker=st.sampled_from("ab"), channel=st.sampled_from((Channel.EMAIL, Channel.SMS)))
    def take(self, worker: str, channel: Channel) -> None:
        if worker in self.held:
            return
        row = claiming.claim(channel, self.now)
        if row is not None:
            self.claims[row.pk] = self.claims.get(row.pk, 0) + 1
            self.held[worker] = row

    @rule(worker=st.sampled_from("ab"), dies=st.booleans())
    def send(self, worker: str, dies: bool) -> None:
        if worker in self.held:
            row = self.held.pop(worker)
            self.sendings[row.pk] = self.sendings.get(row.pk, 0) + 1
            if not dies:
                claiming.record_sent(row, self.now)

    @rule(worker=st.sampled_from("ab"), trouble=st.sampled_from((Trouble.UNREACHABLE, Trouble.GONE)))
    def fail(self, worker: str, trouble: Trouble) -> None:
        if worker in self.held:
            claiming.record_trouble(self.held.pop(worker), trouble, now=self.now)

    @rule(worker=st.sampled_from("ab"))
    def die(self, worker: str) -> None:
        self.held.pop(worker, None)

    @rule(minutes=st.sampled_from((1, 3, 70)))
    def wait(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule()
    def set_back(self) -> None:
        self.now -= timedelta(hours=1)

    @rule()
    def sweep(self) -> None:
        claiming.sweep(self.now)

    @invariant()
    def nothing_is_sent_more_often_than_it_was_claimed(self) -> None:
        for pk, sent in self.sendings.items():
            assert sent <= self.claims[pk]

    @invariant()
    def nobody_holds_what_another_holds(self) -> None:
        in_force = [
            row.pk
            for row in self.held.values()
            if Delivery.objects.filter(pk=row.pk, worker=row.worker, lease_until__gt=self.now).exists()
        ]
        assert len(in_force) == len(set(in_force))

    def teardown(self) -> None:
        """Once everybody works, every alert gets out, unless its last channel was given up."""
        for _ in range(40):
            self.now += timedelta(hours=2)
            claiming.sweep(self.now)
            while row := claiming.claim(Channel.EMAIL, self.now) or claiming.claim(Channel.SMS, self.now):
                assert claiming.record_sent(row, self.now)
        assert not Delivery.objects.filter(state__in=claiming.WAITING).exists()
        for alert in self.alerts:
            found = states(alert)
            assert DeliveryState.SENT in found.values() or found.get("sms") == DeliveryState.GIVEN_UP
        Alert.objects.all().delete()


def test_any_sequence_of_crashes_loses_nothing_and_sends_once_for_a_claim() -> None:
    run_state_machine_as_test(
        Post,
        settings=settings(
            max_examples=25,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
