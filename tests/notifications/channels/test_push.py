from collections.abc import Iterator
from typing import Any

import pytest

from notifications.channels import outgoing, push
from notifications.channels.outcome import NotSentError
from notifications.enums import Trouble, Urgency
from tests.notifications.channels.test_vapid import verified
from tests.notifications.services_outside import HttpService, http_service, silent_service


@pytest.fixture
def service(settings: Any) -> Iterator[HttpService]:
    """A push service on this machine."""
    settings.PUSH_LOOPBACK = True
    with http_service() as running:
        yield running


@pytest.mark.parametrize(
    ("urgency", "level", "kept_s"),
    [(Urgency.NORMAL, "normal", 86_400), (Urgency.URGENT, "high", 86_400), (Urgency.ALARM, "high", 3_600)],
)
def test_a_push_is_empty_signed_and_says_how_urgent_it_is(
    service: HttpService, urgency: Urgency, level: str, kept_s: int
) -> None:
    push.send(service.url("/browser"), urgency)
    (asked,) = service.asked
    assert asked.body == b""
    _head, claims = verified(asked.headers["Authorization"])
    assert claims["aud"] == f"http://127.0.0.1:{service.port}"
    assert (asked.headers["Urgency"], asked.headers["TTL"], asked.headers["Topic"]) == (level, str(kept_s), "new")
    assert set(asked.headers) == {
        *("Host", "Accept-Encoding", "Authorization", "Content-Length", "TTL", "Urgency", "Topic"),
    }


@pytest.mark.parametrize(
    ("status", "headers", "trouble", "asked_s"),
    [
        (404, {}, Trouble.GONE, 0),
        (410, {}, Trouble.GONE, 0),
        (429, {"Retry-After": "90"}, Trouble.BUSY, 90),
        (500, {}, Trouble.FAILING, 0),
        (503, {"Retry-After": "7"}, Trouble.FAILING, 7),
        (403, {}, Trouble.UNTRUSTED, 0),
        (302, {"Location": "http://127.0.0.1/"}, Trouble.FAILING, 0),
    ],
)
def test_every_refusal_has_its_code(
    service: HttpService, status: int, headers: dict[str, str], trouble: Trouble, asked_s: float
) -> None:
    service.answers["/browser"] = (status, headers)
    with pytest.raises(NotSentError) as failed:
        push.send(service.url("/browser"), Urgency.NORMAL)
    assert (failed.value.trouble, failed.value.asked_s) == (trouble, asked_s)


def test_a_service_that_hangs_is_left(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.PUSH_LOOPBACK = True
    monkeypatch.setattr(outgoing, "STEP_S", 0.3)
    with silent_service() as port, pytest.raises(NotSentError) as failed:
        push.send(f"http://127.0.0.1:{port}/browser", Urgency.NORMAL)
    assert failed.value.trouble == Trouble.TIMED_OUT


@pytest.mark.parametrize("url", ["https://push.example/a", "https://web.push.apple.com:443/b?c=d", "https://8.8.8.8/"])
def test_a_push_service_is_taken(url: str) -> None:
    assert push.is_endpoint(url)


@pytest.mark.parametrize(
    "url",
    [
        *("", "push.example", "http://push.example/a", "ftp://push.example/a", "javascript:alert(1)", "https://"),
        *("https://localhost/a", "https://db.local/a", "https://intranet/a", "https://metadata.internal/a"),
        *("https://127.0.0.1/a", "https://[::1]/a", "https://169.254.169.254/latest", "https://10.0.0.1/a"),
        *("https://a@push.example/", "https://push.example:x/", "https://push.example/#a", "https://push.example/\n"),
        *("https://push.example/a b", "https://pusһ.example/", "https://push.example/" + "a" * 1000, "https://[/"),
    ],
)
def test_anything_else_is_not(url: str) -> None:
    assert not push.is_endpoint(url)
    with pytest.raises(NotSentError) as failed:
        push.send(url, Urgency.NORMAL)
    assert failed.value.trouble == Trouble.GONE
