"""Nothing of what keeps a child safe at home ever shows itself to a guardian (rules 10 and 10a)."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from caseflow.audit.models import AuditEntry
from caseflow.clocks.models import Clock
from caseflow.clocks.services import sweep
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Pupil
from caseflow.incidents.enums import Category
from caseflow.incidents.models import Incident
from caseflow.incidents.services import open_incident
from caseflow.incidents.services.home import add_contact, end_contact, extend_order, lift_order, open_home
from caseflow.portal.selectors import withheld
from caseflow.portal.services import release
from notifications.models import Alert
from tests.directory.factories import PupilFactory, actor, parent_of, signed_in
from tests.incidents.factories import harmed, reported, teacher_at
from tests.incidents.home_factories import AUNT, TODAY, order_on

pytestmark = pytest.mark.django_db
CHANGING = re.compile(r'csrfmiddlewaretoken" value="\w+|"X-CSRFToken": "\w+|"(exported_at|log_until)": ?"[^"]+')


@pytest.fixture
def pupil() -> Pupil:
    return PupilFactory.create()


@pytest.fixture
def father(pupil: Pupil) -> Actor:
    return parent_of(pupil)


@pytest.fixture
def psychologist(pupil: Pupil) -> Actor:
    return actor(Role.PSYCHOLOGIST, school=pupil.school)


@pytest.fixture
def incident(pupil: Pupil, father: Actor, psychologist: Actor) -> Incident:
    """A report whose readings a human has released, so that the father's log shows what it can."""
    made = reported(teacher_at(pupil.school), harmed(pupil), category=Category.DOMESTIC_VIOLENCE)
    open_incident(psychologist, made.pk)
    release(psychologist, pupil_id=pupil.pk, obj=f"incident:{made.pk}")
    return made


def seen_by(client: Client, pupil: Pupil) -> str:
    """All that the portal, its export and its bell show, but for what changes with every answer."""
    ids: dict[str, Any] = {"args": [pupil.pk]}
    addresses = [
        reverse("portal:home"),
        reverse("portal:export", **ids),
        reverse("notifications:bell"),
        reverse("api:child-list"),
        reverse("api:child-export", **ids),
        reverse("api:child-access-log", **ids),
        reverse("api:alert-list"),
    ]
    answers = [client.get(address) for address in addresses]
    assert [answer.status_code for answer in answers] == [200] * len(addresses)
    return CHANGING.sub("", "\n".join(answer.content.decode() for answer in answers))


def everything_is_done(psychologist: Actor, incident: Incident) -> None:
    contact, order = add_contact(psychologist, incident.pk, **AUNT), order_on(incident, psychologist)
    longer = extend_order(psychologist, incident.pk, order.pk, valid_until=TODAY + timedelta(days=60))
    lift_order(psychologist, incident.pk, longer.pk)
    end_contact(psychologist, incident.pk, contact.pk)
    open_home(psychologist, incident.pk)
    clock = order_on(incident, psychologist).clock
    assert clock is not None
    for at in (clock.warn_at, clock.due_at):
        sweep(at + timedelta(minutes=1))


def test_portal_export_log_and_bell_of_a_guardian_are_the_same_before_and_after(
    pupil: Pupil, father: Actor, psychologist: Actor, incident: Incident
) -> None:
    AuditEntry.objects.update(at=timezone.now() - timedelta(days=20))
    Clock.objects.update(stopped_at=timezone.now())
    client = signed_in(father)
    seen_by(client, pupil)  # the first export is an entry of its own
    before, known = seen_by(client, pupil), set(AuditEntry.objects.values_list("pk", flat=True))

    everything_is_done(psychologist, incident)

    AuditEntry.objects.exclude(pk__in=known).update(at=timezone.now() - timedelta(days=20))
    assert "No alerts yet" in before
    assert seen_by(client, pupil) == before
    assert not Alert.objects.filter(recipient=father.user).exists()


def test_nothing_of_it_waits_to_be_released_to_guardians(pupil: Pupil, psychologist: Actor, incident: Incident) -> None:
    before = [(each.pupil, each.obj) for each in withheld(psychologist)]
    everything_is_done(psychologist, incident)
    assert [(each.pupil, each.obj) for each in withheld(psychologist)] == before
    assert not any("Home" in obj for _pupil, obj in before)


def test_a_guardian_gets_no_page_of_it(father: Actor, psychologist: Actor, incident: Incident) -> None:
    everything_is_done(psychologist, incident)
    client = signed_in(father)
    assert client.get(reverse("incidents:home", args=[incident.pk])).status_code == 403
    for name in ("contacts", "end-contact", "orders", "extend-order", "lift-order"):
        assert client.post(reverse(f"incidents:{name}", args=[incident.pk])).status_code == 403
