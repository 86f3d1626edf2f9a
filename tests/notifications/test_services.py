from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from notifications import services
from notifications.models import Alert
from notifications.tasks import tend_alerts
from tests.directory.factories import UserFactory
from tests.notifications.factories import send

pytestmark = pytest.mark.django_db


def told(*recipients: tuple[int, int | None], **other: Any) -> int:
    given: dict[str, Any] = {"kind": "case_assigned", "params": {"number": 7}, "url": "/cases/7/"} | other
    return services.alert(recipients=recipients, **given)


def test_each_recipient_is_told_once_by_the_first_right_given() -> None:
    one, other = UserFactory.create(), UserFactory.create()
    assert told((one.pk, 11), (other.pk, None), (one.pk, 12)) == 2
    rows = Alert.objects.order_by("recipient_id").values_list("recipient_id", "membership_id", "kind", "params", "url")
    assert set(map(str, rows)) == {
        str((one.pk, 11, "case_assigned", {"number": 7}, "/cases/7/")),
        str((other.pk, None, "case_assigned", {"number": 7}, "/cases/7/")),
    }


def test_nobody_to_tell_is_no_error() -> None:
    assert told() == 0
    assert not Alert.objects.exists()


def test_the_rows_share_the_fate_of_the_callers_transaction() -> None:
    user = UserFactory.create()
    with transaction.atomic():
        told((user.pk, None))
        transaction.set_rollback(True)
    assert not Alert.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [{"kind": "gossip"}, {"params": {"pupil": "Madina"}}, {"url": "https://evil.example/"}, {"url": "//evil.example"}],
)
def test_what_is_no_alert_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        told((UserFactory.create().pk, None), **wrong)
    assert not Alert.objects.exists()


def test_old_alerts_are_deleted_and_younger_ones_kept() -> None:
    user = UserFactory.create()
    old, young = send(user, 1), send(user, 2)
    Alert.objects.filter(pk=old.pk).update(created_at=timezone.now() - services.KEPT - timedelta(minutes=1))
    Alert.objects.filter(pk=young.pk).update(created_at=timezone.now() - services.KEPT + timedelta(minutes=1))
    assert services.tend() == 1
    assert [row.pk for row in Alert.objects.all()] == [young.pk]


def test_the_term_can_be_set(settings: Any) -> None:
    settings.NOTIFICATIONS_KEPT = timedelta(days=5)
    row = send(UserFactory.create())
    Alert.objects.filter(pk=row.pk).update(created_at=timezone.now() - timedelta(days=6))
    tend_alerts()
    assert not Alert.objects.exists()
