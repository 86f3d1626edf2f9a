"""From an alert to the service outside and back to the row, through real servers on this machine."""

import threading
from datetime import time, timedelta
from time import monotonic
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from notifications import services
from notifications.channels import outgoing
from notifications.enums import AlertKind, Channel
from notifications.models import Alert, Delivery, Preferences, Subscription
from notifications.services import delivering
from notifications.tasks import deliver_due
from tests.directory.factories import UserFactory
from tests.notifications.channels.test_mail import Postbox, mail_server
from tests.notifications.factories import end, right_of
from tests.notifications.services_outside import HttpService, silent_service
from tests.notifications.wishes import browser_of, owed, wishing

pytestmark = pytest.mark.django_db
MARKERS = ("Nurmagambetova", "MARKER-SCHOOL", "MARKER-CATEGORY", "31337", "MARKER-MODEL", "marker-path")


def states(alert_id: int) -> dict[str, tuple[str, str]]:
    found = Delivery.objects.filter(alert=alert_id).values_list("channel", "state", "trouble")
    return {channel: (state, trouble) for channel, state, trouble in found}


def due_now() -> None:
    Delivery.objects.filter(state__in=("queued", "failed")).update(next_try_at=timezone.now() - timedelta(seconds=1))


# What is sent


def test_all_three_ways_lead_out(outside: HttpService, settings: Any) -> None:
    user = wishing(email=True, sms=True)
    browser_of(user, outside.url("/browser"))
    alarm = owed(user, "alarm_pressed")[0].alert_id
    with mail_server(settings, postbox := Postbox()):
        assert [deliver_due(channel) for channel in Channel] == [1, 1, 1]
    assert states(alarm) == {"push": ("sent", ""), "email": ("sent", ""), "sms": ("sent", "")}
    assert [asked.path for asked in outside.asked] == ["/browser", "/sms"]
    assert postbox.taken[0].rcpt_tos == [f"{user.pk}@people.example"]
    assert deliver_due("push") == 0


@pytest.mark.parametrize("kind", ["alarm_pressed", *AlertKind])
def test_no_byte_that_leaves_tells_anything_of_the_alert(outside: HttpService, settings: Any, kind: str) -> None:
    user = wishing(email=True, sms=True)
    type(user).objects.filter(pk=user.pk).update(last_name=MARKERS[0], language="ru")
    browser_of(user, outside.url("/browser"))
    told = {"school": MARKERS[1], "category": MARKERS[2], "number": MARKERS[3], "model": MARKERS[4]}
    rows = owed(user, kind, **told)
    Alert.objects.filter(pk=rows[0].alert_id).update(url=f"/{MARKERS[5]}/")
    for channel in Channel:  # by each of them, whatever kind it is
        Delivery.objects.get_or_create(
            alert=rows[0].alert, channel=channel, defaults={"created_at": timezone.now(), "next_try_at": timezone.now()}
        )
    with mail_server(settings, postbox := Postbox()):
        due_now()
        assert [deliver_due(channel) for channel in Channel] == [1, 1, 1]
    left = [asked.bytes for asked in outside.asked] + postbox.messages
    assert len(left) == 3
    for marker in (*MARKERS, kind):
        assert not any(marker.encode() in sent for sent in left)
    assert "alarm" in kind or all(b"alarm" not in sent.lower() for sent in left)


def test_nothing_is_sent_within_a_transaction(transactional_db: None, outside: HttpService) -> None:
    user = wishing()
    browser_of(user, outside.url("/browser"))
    owed(user)
    others: list[float] = []

    def write() -> None:
        began = monotonic()
        Preferences.objects.filter(pk=user.pk).update(urgent_always=True)
        others.append(monotonic() - began)
        connection.close()

    outside.meanwhile = write  # in a thread and on a connection of the service's
    deliver_due("push")
    assert len(others) == 1
    assert others[0] < 5
    assert Preferences.objects.get(pk=user.pk).urgent_always


# What is not


def test_what_was_seen_on_the_page_is_not_sent(outside: HttpService) -> None:
    user = wishing()
    browser_of(user, outside.url("/browser"))
    (row,) = owed(user)
    Alert.objects.update(seen_at=timezone.now())
    deliver_due("push")
    assert states(row.alert_id) == {"push": ("not_wanted", "seen")}
    assert outside.asked == []


def test_what_is_no_longer_ones_right_is_not_sent(outside: HttpService) -> None:
    user = wishing()
    browser_of(user, outside.url("/browser"))
    right = right_of(user)
    (row,) = owed(user)
    Alert.objects.update(membership_id=right.pk)
    end(right)
    deliver_due("push")
    assert states(row.alert_id) == {"push": ("not_wanted", "no_right")}


def test_who_may_not_sign_in_any_more_is_told_nothing(outside: HttpService) -> None:
    user = wishing(sms=True)
    (row,) = owed(user)
    type(user).objects.filter(pk=user.pk).update(is_active=False)
    deliver_due("sms")
    assert states(row.alert_id) == {"sms": ("not_wanted", "no_right")}


def test_what_was_switched_off_meanwhile_is_left_to_the_next_channel(outside: HttpService) -> None:
    user = wishing(email=True, sms=True)
    (row,) = owed(user)
    services.set_preferences(user.pk, {"email": False})
    deliver_due("email")
    deliver_due("sms")
    assert states(row.alert_id) == {"email": ("not_wanted", "switched_off"), "sms": ("sent", "")}


def around_now() -> dict[str, time]:
    now = timezone.localtime()
    return {"quiet_from": (now - timedelta(hours=2)).time(), "quiet_to": (now + timedelta(hours=2)).time()}


def test_quiet_hours_hold_back_and_then_it_goes_out(outside: HttpService) -> None:
    user = wishing(sms=True, **around_now())
    (row,) = owed(user)
    assert row.next_try_at > timezone.now() + timedelta(hours=1)
    assert deliver_due("sms") == 0
    services.set_preferences(user.pk, {"quiet_from": None, "quiet_to": None})
    due_now()
    deliver_due("sms")
    assert states(row.alert_id) == {"sms": ("sent", "")}


def test_quiet_hours_chosen_after_the_alert_hold_it_back_too(outside: HttpService) -> None:
    user = wishing(sms=True)
    (row,) = owed(user)
    services.set_preferences(user.pk, around_now())
    deliver_due("sms")
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("queued", 0)
    assert row.next_try_at > timezone.now() + timedelta(hours=1)
    assert outside.asked == []


def test_no_quiet_hour_holds_an_alarm_back(outside: HttpService) -> None:
    (row,) = owed(wishing(sms=True, working_days_only=True, **around_now()), "alarm_pressed")
    deliver_due("sms")
    assert states(row.alert_id) == {"sms": ("sent", "")}


@pytest.mark.parametrize(("always", "state"), [(True, "sent"), (False, "queued")])
def test_an_urgent_one_goes_by_the_persons_own_choice(outside: HttpService, always: bool, state: str) -> None:
    (row,) = owed(wishing(sms=True, urgent_always=always, **around_now()), "incident_new")
    deliver_due("sms")
    assert states(row.alert_id) == {"sms": (state, "")}


# What fails


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_has_left_is_forgotten_and_the_next_channel_takes_over(
    outside: HttpService, status: int
) -> None:
    user = wishing(sms=True)
    browser_of(user, outside.url("/browser"))
    outside.answers["/browser"] = (status, {})
    (row,) = owed(user)
    deliver_due("push")
    deliver_due("sms")
    assert states(row.alert_id) == {"push": ("given_up", "gone"), "sms": ("sent", "")}
    assert not Subscription.objects.exists()


def test_a_failing_browser_is_tried_again_when_the_service_wants(outside: HttpService) -> None:
    user = wishing()
    browser_of(user, outside.url("/browser"))
    outside.answers["/browser"] = (429, {"Retry-After": "300"})
    (row,) = owed(user)
    deliver_due("push")
    row.refresh_from_db()
    assert (row.state, row.trouble) == ("failed", "busy")
    assert timedelta(minutes=4) < row.next_try_at - timezone.now() <= timedelta(minutes=5)
    assert Subscription.objects.get().failures == 1
    outside.answers.clear()
    due_now()
    deliver_due("push")
    browser = Subscription.objects.get()
    assert states(row.alert_id) == {"push": ("sent", "")}
    assert browser.failures == 0
    assert browser.last_success_at is not None


def test_one_browser_that_has_it_is_enough(outside: HttpService) -> None:
    user = wishing()
    for path in ("/gone", "/failing", "/good"):
        browser_of(user, outside.url(path))
    outside.answers |= {"/gone": (410, {}), "/failing": (500, {})}
    (row,) = owed(user)
    deliver_due("push")
    assert states(row.alert_id) == {"push": ("sent", "")}
    assert Subscription.objects.count() == 2


def test_nobody_without_an_address_is_tried_again(outside: HttpService) -> None:
    user = UserFactory.create()
    Preferences.objects.create(user=user, email=True)
    (row,) = owed(user)
    deliver_due("email")
    assert states(row.alert_id) == {"email": ("given_up", "gone")}


def test_a_provider_that_hangs_takes_two_threads_and_no_other_channel(
    transactional_db: None, outside: HttpService, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outgoing, "STEP_S", 2.0)
    users = [wishing(sms=True) for _ in range(4)]
    rows = [owed(user)[0] for user in users]
    reader = wishing()
    browser_of(reader, outside.url("/browser"))
    (push,) = owed(reader)
    with silent_service() as port:
        settings.SMS_URL = f"http://127.0.0.1:{port}/"
        stuck = [threading.Thread(target=_deliver_and_leave, args=[Channel.SMS]) for _ in range(delivering.AT_ONCE)]
        for thread in stuck:
            thread.start()
        _until_leased(2)
        began = monotonic()
        assert deliver_due("sms") == 0
        assert deliver_due("push") == 1
        assert monotonic() - began < 1
        for thread in stuck:
            thread.join()
    assert states(push.alert_id) == {"push": ("sent", "")}
    found = sorted(states(row.alert_id)["sms"] for row in rows)
    assert found == [("failed", "timed_out")] * 2 + [("queued", "")] * 2


def _deliver_and_leave(channel: Channel) -> None:
    services.deliver_due(channel, limit=1)
    connection.close()


def _until_leased(number: int) -> None:
    deadline = monotonic() + 5
    while Delivery.objects.exclude(lease_until=None).count() < number:
        assert monotonic() < deadline
