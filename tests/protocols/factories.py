"""Flows for tests, begun the way the product begins them. Everything is invented."""

from datetime import timedelta

from django.utils import timezone

from caseflow.cases.enums import RiskLevel
from caseflow.cases.models import Case
from caseflow.cases.services import set_risk
from caseflow.directory.actors import Actor
from caseflow.protocols.enums import Doer, Evidence, VersionState
from caseflow.protocols.models import Flow, FlowStep, Protocol, ProtocolVersion
from caseflow.protocols.rules import Outside
from caseflow.protocols.services import do_step, set_looks
from tests.cases.factories import case_of
from tests.plans.factories import signed


def grave_case(who: Actor, level: RiskLevel = RiskLevel.HIGH) -> Case:
    """A case whose risk a person found high: its flow runs."""
    case = case_of(who)
    set_risk(who, case.pk, level=level, basis="Беседа", formulation="Травля, дома слышат")
    case.refresh_from_db()
    return case


def flow_of(case: Case) -> Flow:
    return Flow.objects.get(case=case)


def step_of(flow: Flow, code: str) -> FlowStep:
    return flow.steps.get(step__code=code)


def telephoned() -> Outside:
    """A referral by telephone, a minute ago."""
    return Outside("Детский психиатр", timezone.now() - timedelta(minutes=1))


def settle_all(flow: Flow, leader: Actor, second: Actor, *, but: str = "") -> None:
    """Every step done with its proof, `but` one that is done already."""
    signed(leader, flow.case)
    do_step(leader, step_of(flow, "referred").pk, proof="", outside=telephoned())
    for code in {"not_alone", "parents_told", "safety_plan"} - {but}:
        do_step(leader, step_of(flow, code).pk, proof=f"Сделано: {code}")
    do_step(second, step_of(flow, "second_knows").pk, proof="Подключилась")
    now = timezone.now()
    looks = [now + timedelta(days=days) for days in (2, 7, 30)]
    set_looks(leader, step_of(flow, "looks").pk, looks=looks)


def version_for(protocol: Protocol, **steps: Doer) -> ProtocolVersion:
    """A version in force, with a step of a day for each code and who does it."""
    title = {"kk": "Тәртіп", "ru": "Порядок", "en": "Procedure"}
    now = timezone.now()
    version: ProtocolVersion = ProtocolVersion.objects.create(
        protocol=protocol,
        number=1,
        state=VersionState.IN_FORCE,
        title=title,
        source="[P]",
        made_at=now,
        in_force_from=now,
    )
    for position, (code, doer) in enumerate(steps.items(), start=1):
        version.steps.create(
            position=position,
            code=code,
            title=title,
            doer=doer,
            amount=1,
            unit="days",
            basis="wall",
            evidence=Evidence.SECOND if doer == Doer.SECOND else Evidence.WORDS,
        )
    return version
