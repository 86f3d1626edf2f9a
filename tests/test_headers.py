from pathlib import Path

import pytest
from django.http import HttpRequest, HttpResponse
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.test import Client, RequestFactory

from caseflow.directory.enums import Role
from caseflow.headers import DOCS_POLICY, POLICY, SecurityHeaders, embeddable, loosened_for_docs, written
from tests.directory.factories import SchoolFactory, UserFactory, actor, signed_in

TEMPLATES = Path(__file__).parent.parent / "templates"


def _policy(header: str) -> dict[str, str]:
    parts = [part.split(" ", 1) for part in header.split("; ")]
    return dict(parts)


def _answer(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    answered = SecurityHeaders(lambda _request: response)(request)
    assert isinstance(answered, HttpResponse)
    return answered


@pytest.mark.django_db
def test_pages_run_no_script_or_style_but_the_installations_own_files(client: Client) -> None:
    UserFactory.create()
    policy = _policy(client.get("/accounts/login/")["Content-Security-Policy"])
    assert policy["script-src"] == policy["style-src"] == policy["default-src"] == "'self'"
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["connect-src"] == "'self' ws://testserver wss://testserver"


def test_a_host_that_is_not_ours_is_not_named(rf: RequestFactory) -> None:
    response = _answer(rf.get("/", headers={"Host": "evil.example"}), HttpResponse())
    assert _policy(response["Content-Security-Policy"])["connect-src"] == "'self'"


def test_the_documentation_page_alone_may_set_styles(rf: RequestFactory) -> None:
    view = loosened_for_docs(lambda _request: HttpResponse())
    response = SecurityHeaders(view)(rf.get("/"))
    assert isinstance(response, HttpResponse)
    assert _policy(response["Content-Security-Policy"])["style-src"] == "'self' 'unsafe-inline'"
    assert _policy(response["Content-Security-Policy"])["script-src"] == "'self'"


def test_the_two_policies_differ_in_styles_alone() -> None:
    assert {name for name in POLICY if POLICY[name] != DOCS_POLICY[name]} == {"style-src"}


def test_camera_and_microphone_stay_closed(rf: RequestFactory) -> None:
    features = _answer(rf.get("/"), HttpResponse())["Permissions-Policy"].split(", ")
    assert {"camera=()", "microphone=()", "geolocation=()"} <= set(features)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/accounts/profile/", "/api/v1/pupils/", "/alerts/"])
def test_no_cache_keeps_a_copy_of_what_somebody_signed_in_is_sent(address: str) -> None:
    client = signed_in(actor(Role.PSYCHOLOGIST, school=SchoolFactory.create()))
    assert client.get(address)["Cache-Control"] == "no-store"


def test_the_header_reads_as_browsers_expect_it() -> None:
    assert written({"default-src": "'self'", "connect-src": "'self'"}, "tirek.kz") == (
        "default-src 'self'; connect-src 'self' ws://tirek.kz wss://tirek.kz"
    )


@pytest.mark.parametrize("forbidden", [' style="', "<script>", " onclick=", " onsubmit=", "hx-on", "javascript:"])
def test_no_template_holds_what_the_policy_would_block(forbidden: str) -> None:
    holding = [str(path) for path in TEMPLATES.rglob("*.html") if forbidden in path.read_text(encoding="utf-8")]
    assert holding == []


def test_only_what_nobody_can_press_may_be_framed_by_other_sites(rf: RequestFactory) -> None:
    view = embeddable(lambda _request: HttpResponse())
    response = XFrameOptionsMiddleware(SecurityHeaders(view))(rf.get("/"))
    assert isinstance(response, HttpResponse)
    policy = _policy(response["Content-Security-Policy"])
    assert policy["frame-ancestors"] == "*"
    assert policy["script-src"] == policy["connect-src"] == policy["form-action"] == "'none'"
    assert "X-Frame-Options" not in response
