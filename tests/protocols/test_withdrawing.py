"""A region takes a protocol of its own out of force; what the product ships stays below it."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.urls import reverse

from caseflow.audit.models import AuditEntry
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import School
from caseflow.protocols.enums import VersionState
from caseflow.protocols.models import HIGH_RISK, ProtocolVersion
from caseflow.protocols.rules import FlowRefused
from caseflow.protocols.selectors.protocols import version_in_force, versions_to_begin
from caseflow.protocols.services import begin_draft, begin_flow, do_step, new_protocol, publish, withdraw
from tests.cases.factories import case_of, lead_over, psychologist
from tests.cases.test_pages import html
from tests.directory.factories import SchoolFactory, actor, signed_in
from tests.protocols.test_editing import PLAIN

pytestmark = pytest.mark.django_db
WHY = "Прокуратура отменила порядок"


@pytest.fixture
def school(db: None) -> School:
    return SchoolFactory.create()


@pytest.fixture
def lead(school: School) -> Actor:
    """The lead of the school's region."""
    return actor(Role.LEAD_PSYCHOLOGIST, region=school.district.region)


@pytest.fixture
def own(lead: Actor) -> ProtocolVersion:
    """A protocol of the region in force."""
    return publish(lead, new_protocol(lead, PLAIN).pk)


def test_it_begins_nowhere_and_flows_that_run_go_on_with_it(lead: Actor, school: School, own: ProtocolVersion) -> None:
    who = psychologist(school)
    flow = begin_flow(who, case_of(who).pk, own.pk)
    gone = withdraw(lead, own.pk, reason=f" {WHY} ")
    assert (gone.state, gone.withdrawn_why, gone.withdrawn_by) == (VersionState.WITHDRAWN, WHY, lead.user)
    assert own not in versions_to_begin(school)
    with pytest.raises(FlowRefused, match="not in force"):
        begin_flow(who, case_of(who).pk, own.pk)
    assert do_step(who, flow.steps.get().pk, proof="Поговорили").done_at is not None
    assert AuditEntry.objects.filter(action="protocol_withdrawn", actor_id=lead.user.pk).count() == 1


def test_a_regions_version_of_high_risk_gives_way_to_the_shipped_one_which_stays(lead: Actor, school: School) -> None:
    shipped = version_in_force(HIGH_RISK, school)
    with pytest.raises(FlowRefused, match="shipped with the product"):
        withdraw(lead, shipped.pk, reason=WHY)
    regions = publish(lead, begin_draft(lead, shipped.pk).pk)
    assert version_in_force(HIGH_RISK, school) == regions
    withdraw(lead, regions.pk, reason=WHY)
    assert version_in_force(HIGH_RISK, school) == shipped


def test_what_is_not_in_force_is_not_withdrawn_nor_without_a_reason(lead: Actor, own: ProtocolVersion) -> None:
    with pytest.raises(FlowRefused, match="Say why"):
        withdraw(lead, own.pk, reason="  ")
    withdraw(lead, own.pk, reason=WHY)
    for version in (own, new_protocol(lead, PLAIN)):
        with pytest.raises(FlowRefused, match="is not in force"):
            withdraw(lead, version.pk, reason=WHY)


def test_what_was_withdrawn_begins_a_new_version(lead: Actor, own: ProtocolVersion) -> None:
    withdraw(lead, own.pk, reason=WHY)
    again = publish(lead, begin_draft(lead, own.pk).pk)
    own.refresh_from_db()
    assert (again.number, again.state, own.state) == (2, VersionState.IN_FORCE, VersionState.WITHDRAWN)


def test_nobody_else_withdraws_it(school: School, own: ProtocolVersion) -> None:
    for other in (psychologist(school), lead_over(school)):
        with pytest.raises(PermissionDenied):
            withdraw(other, own.pk, reason=WHY)
    stranger = actor(Role.LEAD_PSYCHOLOGIST, region=SchoolFactory.create().district.region)
    with pytest.raises(ProtocolVersion.DoesNotExist):
        withdraw(stranger, own.pk, reason=WHY)


def test_the_database_asks_who_when_and_why(own: ProtocolVersion) -> None:
    changes: list[dict[str, Any]] = [{"state": VersionState.WITHDRAWN}, {"withdrawn_why": WHY}]
    for change in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            ProtocolVersion.objects.filter(pk=own.pk).update(**change)


def test_it_is_withdrawn_on_its_page_with_a_reason(lead: Actor, own: ProtocolVersion) -> None:
    client, address = signed_in(lead), reverse("protocols:withdraw", args=[own.pk])
    refused = client.post(address, {"reason": ""})
    assert (refused.status_code, "This field is required." in html(refused)) == (422, True)
    shown = html(client.post(address, {"reason": WHY}, follow=True))
    for words in ("Withdrawn", WHY, lead.user.short_name, "Write a new version"):
        assert words in shown
    assert address not in shown
    again = client.post(address, {"reason": WHY})
    assert (again.status_code, "This version is not in force." in html(again)) == (422, True)
    shipped = ProtocolVersion.objects.get(protocol__code=HIGH_RISK)
    assert "Withdraw it" not in html(client.get(reverse("protocols:version", args=[shipped.pk])))


def test_it_is_withdrawn_by_the_api(lead: Actor, own: ProtocolVersion) -> None:
    client, address = signed_in(lead), reverse("api:protocol-withdraw", args=[own.pk])
    assert client.post(address, {"reason": " "}, content_type="application/json").status_code == 400
    gone = client.post(address, {"reason": WHY}, content_type="application/json").json()
    assert (gone["state"], gone["withdrawn_why"]) == ("withdrawn", WHY)
    assert client.post(address, {"reason": WHY}, content_type="application/json").status_code == 409
