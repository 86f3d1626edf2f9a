import socket
from collections.abc import Iterator
from datetime import timedelta
from email.utils import format_datetime
from time import monotonic
from typing import Any

import pytest
from django.utils import timezone

from notifications.channels import outgoing
from notifications.channels.outcome import NotSentError
from notifications.channels.outgoing import is_public, post
from notifications.enums import Trouble
from tests.notifications.services_outside import HttpService, closed_port, http_service, silent_service


@pytest.fixture
def service() -> Iterator[HttpService]:
    with http_service() as running:
        yield running


def trouble(url: str, *, public_only: bool = False) -> Trouble:
    with pytest.raises(NotSentError) as failed:
        post(url, headers={}, body=b"", public_only=public_only)
    return failed.value.trouble


@pytest.mark.parametrize("address", ["8.8.8.8", "2001:4860:4860::8888", "::ffff:8.8.8.8"])
def test_addresses_of_the_open_internet_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        *(
            "127.0.0.1",
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "224.0.0.1",
        ),
        *("::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1"),
        *("64:ff9b::7f00:1", "64:ff9b:1::a00:1", "2002:7f00:1::", "2001:0:7f00:1::"),
    ],
)
def test_addresses_that_lead_inside_are_not(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_foreign_address_opens_nothing_inside(service: HttpService, host: str) -> None:
    assert trouble(f"http://{host}:{service.port}/", public_only=True) == Trouble.REFUSED
    assert service.asked == []


def test_a_name_that_points_inside_later_is_looked_up_once(service: HttpService, monkeypatch: Any) -> None:
    answers = iter([[(2, 1, 6, "", ("127.0.0.1", service.port))], [(2, 1, 6, "", ("8.8.8.8", service.port))]])
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_more: next(answers))
    assert trouble("http://push.example/", public_only=True) == Trouble.REFUSED


def test_one_public_address_beside_an_inner_one_does_not_help(service: HttpService, monkeypatch: Any) -> None:
    both = [(2, 1, 6, "", (address, service.port)) for address in ("8.8.8.8", "127.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_more: both)
    assert trouble("http://push.example/", public_only=True) == Trouble.REFUSED


def test_redirects_are_not_followed(service: HttpService) -> None:
    service.answers["/here"] = (307, {"Location": service.url("/there")})
    assert post(service.url("/here"), headers={}, body=b"x", public_only=False).status == 307
    assert [asked.path for asked in service.asked] == ["/here"]


def test_path_query_headers_and_body_arrive(service: HttpService) -> None:
    post(service.url("/a?b=c"), headers={"X-One": "1"}, body=b"two", public_only=False)
    (asked,) = service.asked
    assert (asked.path, asked.headers["X-One"], asked.body) == ("/a?b=c", "1", b"two")


@pytest.mark.parametrize(
    ("written", "seconds"),
    [("120", 120), ("0", 0), ("soon", 0), ("-5", 0), ("", 0), ("9" * 30, 999_999_999)],
)
def test_a_wait_that_the_service_asks_for_is_read(service: HttpService, written: str, seconds: int) -> None:
    service.answers["/"] = (429, {"Retry-After": written})
    assert post(service.url("/"), headers={}, body=b"", public_only=False) == outgoing.Answer(429, seconds)


def test_a_wait_may_be_a_date(service: HttpService) -> None:
    service.answers["/"] = (503, {"Retry-After": format_datetime(timezone.now() + timedelta(minutes=5), usegmt=False)})
    answer = post(service.url("/"), headers={}, body=b"", public_only=False)
    assert 290 < answer.retry_after_s <= 300


def test_where_nobody_listens_is_unreachable() -> None:
    assert trouble(f"http://127.0.0.1:{closed_port()}/") == Trouble.UNREACHABLE
    assert trouble("http://no.such.host.invalid/") == Trouble.UNREACHABLE


def test_one_who_says_nothing_is_given_up_in_bounded_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outgoing, "STEP_S", 0.3)
    began = monotonic()
    with silent_service() as port:
        assert trouble(f"http://127.0.0.1:{port}/") == Trouble.TIMED_OUT
    assert monotonic() - began < 2


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_one_who_says_a_byte_at_a_time_is_cut_off(monkeypatch: pytest.MonkeyPatch, scheme: str) -> None:
    monkeypatch.setattr(outgoing, "WHOLE_S", 1.0)
    began = monotonic()
    drip = b"HTTP/1.1 200 OK\r\n" if scheme == "http" else bytes([22, 3, 3, 64, 0])
    with silent_service(drip=drip) as port:
        assert trouble(f"{scheme}://127.0.0.1:{port}/") in (Trouble.UNREACHABLE, Trouble.TIMED_OUT)
    assert 0.5 < monotonic() - began < 3
