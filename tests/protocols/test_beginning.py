"""High risk begins its flow: clocks run, a second person is named and told, nobody stays alone (fact 4)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from caseflow.audit.models import AuditEntry
from caseflow.cases.enums import RiskLevel
from caseflow.cases.rules import CaseRefused
from caseflow.cases.selectors import scoped_cases
from caseflow.cases.services import close_case, set_risk
from caseflow.cases.services.reading import open_case_page
from caseflow.clocks.enums import Rung
from caseflow.clocks.models import DutyCall
from caseflow.clocks.services import enter_absence
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import School
from caseflow.protocols.enums import Cause
from caseflow.protocols.models import HIGH_RISK, Flow, Protocol, ProtocolVersion
from caseflow.protocols.rules import FlowRefused
from caseflow.protocols.selectors.protocols import version_in_force, versions_to_begin
from caseflow.protocols.services import answer_calls, begin_flow
from caseflow.triage.enums import Audience
from caseflow.triage.services import decide
from notifications.models import Alert
from tests.cases.factories import case_of, lead_over, psychologist, pupil_of
from tests.directory.factories import SchoolFactory, actor
from tests.protocols.factories import flow_of, grave_case, step_of, version_for
from tests.triage.factories import item_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def who(db: None) -> Actor:
    return psychologist()


def titles(who: Actor, flow: Flow) -> list[str]:
    return [line.title for line in open_case_page(who, flow.case_id).chronology.lines]


@pytest.mark.parametrize("level", [RiskLevel.HIGH, RiskLevel.ACUTE])
def test_grave_risk_begins_the_flow_of_the_version_in_force(who: Actor, level: RiskLevel) -> None:
    flow = flow_of(grave_case(who, level))
    assert (flow.version, flow.cause, flow.started_by) == (
        version_in_force(HIGH_RISK, flow.case.school),
        Cause.ASSESSMENT,
        who.user,
    )
    assert flow.ref == f"assessment:{flow.case.risk_assessment_id}"
    terms = {step.step.code: step.clock.due_at - flow.started_at for step in flow.steps.all()}
    assert terms["not_alone"] == timedelta(minutes=15)
    assert terms["safety_plan"] == timedelta(hours=24)
    assert step_of(flow, "assessed").done_by == who.user
    assert AuditEntry.objects.filter(action="flow_begun").count() == 1


@pytest.mark.parametrize("level", [RiskLevel.LOW, RiskLevel.MODERATE])
def test_lesser_risk_begins_none(who: Actor, level: RiskLevel) -> None:
    set_risk(who, case_of(who).pk, level=level, basis="Беседа", formulation="Травля, дома слышат")
    assert not Flow.objects.exists()


def test_a_second_grave_assessment_joins_the_flow_that_runs(who: Actor) -> None:
    case = grave_case(who)
    set_risk(who, case.pk, level=RiskLevel.ACUTE, basis="Хуже", formulation="Травля, дома слышат")
    assert Flow.objects.count() == 1


def test_a_colleague_at_the_school_is_named_before_the_lead(who: Actor) -> None:
    colleague = psychologist(who.membership.school)
    case = case_of(who)
    lead = lead_over(case.school)
    set_risk(who, case.pk, level=RiskLevel.HIGH, basis="Беседа", formulation="Травля, дома слышат")
    flow = flow_of(case)
    assert (flow.second, flow.second_role) == (colleague.user, Role.PSYCHOLOGIST)
    told = Alert.objects.get(kind="second_person")
    assert (told.recipient_id, told.params["number"]) == (colleague.user.pk, case.number)
    assert f"Second person: {colleague.user.short_name}" in titles(who, flow)
    assert not scoped_cases(lead).filter(pk=case.pk).exists()


def test_a_lead_who_is_named_is_let_into_the_case(who: Actor) -> None:
    case = case_of(who)
    region = actor(Role.LEAD_PSYCHOLOGIST, region=case.school.district.region)
    lead = lead_over(case.school)
    set_risk(who, case.pk, level=RiskLevel.HIGH, basis="Беседа", formulation="Травля, дома слышат")
    assert flow_of(case).second == lead.user
    assert scoped_cases(lead).filter(pk=case.pk).exists()
    assert not scoped_cases(region).filter(pk=case.pk).exists()


def test_who_is_away_is_named_only_where_nobody_else_is(who: Actor) -> None:
    colleague = psychologist(who.membership.school)
    case = case_of(who)
    lead = lead_over(case.school)
    _away(colleague, lead)
    set_risk(who, case.pk, level=RiskLevel.HIGH, basis="Беседа", formulation="Травля, дома слышат")
    assert flow_of(case).second == lead.user
    other = case_of(colleague)
    _away(who, lead)
    lead.user.is_active = False
    lead.user.save()
    set_risk(colleague, other.pk, level=RiskLevel.HIGH, basis="Беседа", formulation="Травля, дома слышат")
    assert flow_of(other).second == who.user


def test_where_nobody_can_be_named_those_on_duty_are_rung(who: Actor) -> None:
    flow = flow_of(grave_case(who))
    assert flow.second is None
    assert DutyCall.objects.get().reason == "high_risk"


def test_of_a_case_kept_from_the_school_nobody_there_hears(who: Actor) -> None:
    """A report about staff goes to the lead: no colleague is named, and the school is not rung (rule 10b)."""
    school = who.membership.school
    assert school is not None
    lead = actor(Role.LEAD_PSYCHOLOGIST, district=school.district)
    item = item_at(school, audience=Audience.LEAD, pupil=pupil_of(who))
    case = decide(lead, item_id=item.pk, decision="open_case").case
    assert case is not None
    Alert.objects.all().delete()
    set_risk(lead, case.pk, level=RiskLevel.HIGH, basis="Беседа", formulation="Травля, дома слышат")
    assert flow_of(case).second is None
    assert DutyCall.objects.get().first_rung == Rung.DISTRICT
    assert not Alert.objects.filter(recipient=who.user).exists()


def test_a_pupils_own_answer_rings_out_of_hours_and_tells_the_owner(
    who: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = case_of(who)
    psychologist(case.school)
    monkeypatch.setattr("caseflow.protocols.services.telling.out_of_hours", lambda *_: False)
    flow = answer_calls(case, ref="instrument:x", by=None)
    assert answer_calls(case, ref="instrument:y", by=None) == flow
    assert (DutyCall.objects.count(), Alert.objects.get(kind="high_risk").recipient) == (0, who.user)
    assert step_of(flow, "assessed").done_at is None
    other = case_of(who)
    monkeypatch.setattr("caseflow.protocols.services.telling.out_of_hours", lambda *_: True)
    answer_calls(other, ref="instrument:z", by=None)
    assert DutyCall.objects.count() == 1


def test_in_a_closed_case_none_begins(who: Actor) -> None:
    case = case_of(who)
    close_case(who, case.pk, reason="Пора")
    with pytest.raises(FlowRefused, match="closed"):
        answer_calls(case, ref="instrument:x", by=None)
    with pytest.raises(CaseRefused, match="closed"):
        begin_flow(who, case.pk, version_in_force(HIGH_RISK, case.school).pk)


def test_the_own_protocol_of_a_region_stands_before_the_shipped_one(who: Actor) -> None:
    case = case_of(who)
    shipped = version_in_force(HIGH_RISK, case.school)
    own = version_for(Protocol.objects.create(code=HIGH_RISK, region=case.school.district.region))
    other = version_for(Protocol.objects.create(code="truancy", region=SchoolFactory.create().district.region))
    assert version_in_force(HIGH_RISK, case.school) == own
    assert versions_to_begin(case.school) == [own]
    assert version_in_force(HIGH_RISK, School.objects.get(district__region=other.protocol.region)) == shipped
    with pytest.raises(ProtocolVersion.DoesNotExist):
        version_in_force("truancy", case.school)
    with pytest.raises(FlowRefused, match="not in force"):
        begin_flow(who, case.pk, other.pk)


def test_a_protocol_is_begun_by_hand_once(who: Actor) -> None:
    case = case_of(who)
    version = version_in_force(HIGH_RISK, case.school)
    flow = begin_flow(who, case.pk, version.pk)
    assert (flow.cause, flow.started_by) == (Cause.PERSON, who.user)
    with pytest.raises(FlowRefused, match="at work"):
        begin_flow(who, case.pk, version.pk)


def _away(who: Actor, stand_in: Actor) -> None:
    today = timezone.localdate()
    enter_absence(who, stand_in_id=stand_in.membership.pk, first_day=today, last_day=today)
