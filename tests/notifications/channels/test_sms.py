import json
from collections.abc import Iterator
from typing import Any

import pytest

from notifications.channels import outgoing, sms
from notifications.channels.outcome import NotSentError
from notifications.enums import Trouble, Urgency
from tests.notifications.services_outside import HttpService, closed_port, http_service, silent_service

PHONE = "+77010000001"


@pytest.fixture
def gateway(settings: Any) -> Iterator[HttpService]:
    """A gateway on this machine."""
    with http_service() as running:
        settings.SMS_URL, settings.SMS_TOKEN, settings.SMS_SENDER = running.url("/v1/messages"), "secret", "Tirek"
        settings.SITE_URL = "https://tirek.example"
        yield running


def trouble() -> NotSentError:
    with pytest.raises(NotSentError) as failed:
        sms.send(PHONE, Urgency.NORMAL, "en", "tirek-7")
    return failed.value


def test_the_gateway_gets_number_sentence_and_address(gateway: HttpService) -> None:
    sms.send(PHONE, Urgency.NORMAL, "en", "tirek-7")
    (asked,) = gateway.asked
    assert asked.path == "/v1/messages"
    assert asked.headers["Authorization"] == "Bearer secret"
    assert asked.headers["Idempotency-Key"] == "tirek-7"
    assert json.loads(asked.body) == {
        "to": PHONE,
        "from": "Tirek",
        "text": "Tirek: something new waits for you\nhttps://tirek.example",
        "reference": "tirek-7",
    }


def test_an_alarm_says_so(gateway: HttpService) -> None:
    sms.send(PHONE, Urgency.ALARM, "en", "tirek-7")
    assert json.loads(gateway.asked[0].body)["text"] == "Tirek: alarm\nhttps://tirek.example"


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (400, Trouble.REFUSED),
        (404, Trouble.REFUSED),
        (422, Trouble.REFUSED),
        (401, Trouble.UNTRUSTED),
        (402, Trouble.UNTRUSTED),
        (403, Trouble.UNTRUSTED),
        (429, Trouble.BUSY),
        (500, Trouble.FAILING),
        (301, Trouble.FAILING),
    ],
)
def test_every_refusal_has_its_code(gateway: HttpService, status: int, expected: Trouble) -> None:
    gateway.answers["/v1/messages"] = (status, {"Retry-After": "30"})
    failed = trouble()
    assert (failed.trouble, failed.asked_s) == (expected, 30)


def test_a_gateway_that_hangs_or_is_away_is_left(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outgoing, "STEP_S", 0.3)
    with silent_service() as port:
        settings.SMS_URL = f"http://127.0.0.1:{port}/"
        assert trouble().trouble == Trouble.TIMED_OUT
    settings.SMS_URL = f"http://127.0.0.1:{closed_port()}/"
    assert trouble().trouble == Trouble.UNREACHABLE
