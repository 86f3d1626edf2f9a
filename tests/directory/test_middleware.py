"""A refusal is recorded on its own, wherever it comes from (rule 24)."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from caseflow.audit.models import AuditEntry
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from tests.directory.factories import PupilFactory, SchoolFactory, UserFactory, actor, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def stranger() -> Actor:
    """A psychologist of another school."""
    return actor(Role.PSYCHOLOGIST, school=SchoolFactory.create())


def denied() -> list[tuple[int | None, str, str]]:
    return list(AuditEntry.objects.filter(action="denied").values_list("actor", "role", "obj"))


@pytest.mark.parametrize(
    "name", ["directory:pupil", "consent:protection", "consent:panel", "api:pupil-detail", "analytics:mood-panel"]
)
def test_a_pupil_of_another_school_is_not_there_and_that_it_was_asked_for_is_recorded(
    stranger: Actor, name: str
) -> None:
    address = reverse(name, args=[PupilFactory.create().pk])

    assert signed_in(stranger).get(address).status_code == 404

    assert denied() == [(stranger.user.pk, "psychologist", address)]


@pytest.mark.parametrize("name", ["directory:pupils", "directory:access-log", "api:pupil-list"])
def test_a_page_of_another_role_is_refused_and_that_is_recorded(name: str) -> None:
    teacher = actor(Role.TEACHER, school=SchoolFactory.create())
    address = reverse(name)

    assert signed_in(teacher).get(address).status_code == 403

    assert denied() == [(teacher.user.pk, "teacher", address)]


def test_somebody_without_any_role_is_recorded_too() -> None:
    user, browser = UserFactory.create(), Client()
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    assert browser.get(reverse("directory:pupils")).status_code == 403

    assert denied() == [(user.pk, "", reverse("directory:pupils"))]


def test_a_change_that_is_refused_is_recorded_though_it_changed_nothing(stranger: Actor) -> None:
    address = reverse("consent:say", args=[uuid4()])

    assert signed_in(stranger).post(address, {"word": "dissent"}).status_code == 404

    assert denied() == [(stranger.user.pk, "psychologist", address)]


def test_an_address_that_leads_nowhere_and_a_visitor_are_no_refusals(stranger: Actor) -> None:
    assert signed_in(stranger).get("/nowhere/").status_code == 404
    assert Client().get(reverse("directory:pupils")).status_code == 302
    assert Client().get(reverse("api:pupil-list")).status_code == 403

    assert denied() == []
