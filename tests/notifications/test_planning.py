"""What an alert owes its recipient outside the pages."""

from typing import Any

import pytest
from django.utils import timezone

from notifications import services
from notifications.models import Alert, Delivery
from tests.directory.factories import UserFactory
from tests.notifications.services_outside import HttpService
from tests.notifications.wishes import browser_of, owed, wishing

pytestmark = pytest.mark.django_db


def test_who_wishes_nothing_is_owed_nothing() -> None:
    assert owed(UserFactory.create()) == []
    assert owed(wishing()) == []


def test_an_alert_owes_the_first_wanted_channel_in_its_own_transaction(outside: HttpService) -> None:
    user = wishing(email=True, sms=True)
    services.alert(recipients=[(user.pk, None)], kind="case_assigned", params={"number": 1}, url="/cases/1/")
    assert list(Delivery.objects.values_list("alert__recipient", "channel", "state")) == [(user.pk, "email", "queued")]


def test_an_alarm_owes_every_wanted_channel(outside: HttpService) -> None:
    user = wishing(email=True, sms=True)
    browser_of(user, outside.url("/browser"))
    assert [row.channel for row in owed(user, "alarm_pressed")] == ["push", "email", "sms"]


def test_owing_again_adds_nothing(outside: HttpService) -> None:
    (row,) = owed(wishing(email=True))
    services.plan([row.alert])
    assert Delivery.objects.count() == 1


def test_a_channel_the_installation_lacks_is_not_owed(settings: Any) -> None:
    settings.EMAIL_OFFERED, settings.SMS_URL = False, ""
    assert owed(wishing(email=True, sms=True), "alarm_pressed") == []


@pytest.mark.parametrize("people", [1, 30])
def test_owing_takes_as_many_queries_for_many_people(
    outside: HttpService, django_assert_num_queries: Any, people: int
) -> None:
    now = timezone.now()
    alerts = [
        Alert(recipient=wishing(email=True), kind="case_assigned", url="/", created_at=now) for _ in range(people)
    ]
    Alert.objects.bulk_create(alerts)
    with django_assert_num_queries(3):
        services.plan(alerts)
