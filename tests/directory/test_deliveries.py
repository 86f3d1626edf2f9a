from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from caseflow.clocks.selectors import is_working_day
from caseflow.directory.enums import Role
from notifications.enums import Channel, Urgency
from notifications.models import Delivery
from notifications.rules import Quiet
from notifications.selectors import ledger
from notifications.selectors.deliveries import Wishes, free_at
from tests.directory.factories import UserFactory, actor, signed_in
from tests.notifications.wishes import waiting

pytestmark = pytest.mark.django_db


def test_the_ledger_counts_by_channel_and_state_and_names_the_oldest_that_is_due() -> None:
    now = timezone.now()
    old, fresh, sent, held = (waiting(Channel.EMAIL) for _ in range(4))
    Delivery.objects.filter(pk=old.pk).update(created_at=now - timedelta(days=2), state="failed")
    Delivery.objects.filter(pk=fresh.pk).update(created_at=now - timedelta(hours=1))
    Delivery.objects.filter(pk=sent.pk).update(state="sent")
    Delivery.objects.filter(pk=held.pk).update(next_try_at=now + timedelta(hours=5))
    push, email, sms = ledger(now)
    assert dict(email.counts) == {"queued": 2, "failed": 0, "sent": 1, "given_up": 0, "not_wanted": 0}
    assert email.waiting_since == now - timedelta(days=2)
    assert (push.waiting_since, sum(number for _state, number in sms.counts)) == (None, 0)
    assert (push.offered, sms.offered) == (True, False)


@pytest.mark.parametrize("role", [Role.DPO, Role.SYSTEM_ADMIN])
def test_the_page_shows_counts_and_nobody(role: Role) -> None:
    reader = UserFactory.create(last_name="Nurmagambetova")
    waiting(Channel.SMS, reader)
    page = signed_in(actor(role)).get(reverse("directory:deliveries")).content.decode()
    assert "Nurmagambetova" not in page
    assert f"#{reader.pk}" not in page
    assert page.count('<td class="num" data-label="Waiting">1</td>') == 1


@pytest.mark.parametrize("many", [1, 30])
def test_the_ledger_takes_two_queries_however_much_there_is(django_assert_num_queries: Any, many: int) -> None:
    for _ in range(many):
        waiting(Channel.EMAIL)
    with django_assert_num_queries(2):
        ledger()


def test_who_wishes_working_days_alone_is_free_on_the_next_of_the_installation() -> None:
    saturday = datetime(2026, 11, 28, 7, tzinfo=UTC)
    free = free_at(Wishes((Channel.EMAIL,), Quiet(working_days_only=True)), Urgency.NORMAL, saturday)
    assert timezone.localtime(free).date() == date(2026, 11, 30)


@pytest.mark.parametrize(
    ("day", "works"),
    [("2026-11-27", True), ("2026-11-28", False), ("2026-11-29", False), ("2026-12-16", False), ("2026-03-23", False)],
)
def test_offices_work_on_weekdays_but_for_the_days_off(day: str, works: bool) -> None:
    assert is_working_day(date.fromisoformat(day)) is works
