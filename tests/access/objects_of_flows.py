"""Protocols at work.

flow          in the case that stands in the same relation (`objects_of_cases`); CLOSED has ended, in an own case that
              is granted to everybody.
protocol      OWN the shipped version in force; OTHER_SCHOOL a draft of another region; CLOSED one that was replaced.
"""

from django.utils import timezone
from guardian.shortcuts import assign_perm

from caseflow.cases.models import Case
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.protocols.enums import VersionState
from caseflow.protocols.models import HIGH_RISK, Flow, Protocol, ProtocolVersion
from caseflow.protocols.selectors.protocols import version_in_force
from caseflow.protocols.services import begin_flow, do_step
from tests.access.cells import ASSIGNED, CLOSED, CONFLICT, OTHER_SCHOOL, OWN, SAME_SCHOOL
from tests.access.places import Places, Thing, Things
from tests.cases.factories import case_of

PROOF = "Бабушка рядом до вечера"


def fill(places: Places) -> None:
    """Make the objects of this module."""
    mine, here, there = places[Role.PSYCHOLOGIST], places.here, places.there
    leaders = {
        OWN: mine,
        ASSIGNED: here.colleague,
        SAME_SCHOOL: here.colleague,
        OTHER_SCHOOL: there.colleague,
        CONFLICT: here.colleague,
    }
    places.things["flow"] = {
        relation: _thing(_begun(who, Case.objects.get(pk=places.things["case"][relation]["pk"])))
        for relation, who in leaders.items()
    }
    places.things["flow"][CLOSED] = _thing(_ended(places, mine))
    places.things["protocol"] = _protocols(places)


def _protocols(places: Places) -> Things:
    shipped = version_in_force(HIGH_RISK, places.here.school)
    elsewhere = Protocol.objects.create(code="own-1", region=places.there.school.district.region)
    old = Protocol.objects.create(code="own-2", region=places.here.school.district.region)
    now, title = timezone.now(), {"kk": "Тәртіп", "ru": "Порядок", "en": "Procedure"}
    common = {"number": 1, "title": title, "source": "[P]", "made_at": now}
    draft = ProtocolVersion.objects.create(protocol=elsewhere, **common)
    replaced = ProtocolVersion.objects.create(protocol=old, state=VersionState.RETIRED, in_force_from=now, **common)
    return {OWN: {"pk": shipped.pk}, OTHER_SCHOOL: {"pk": draft.pk}, CLOSED: {"pk": replaced.pk}}


def _begun(who: Actor, case: Case) -> Flow:
    flow = begin_flow(who, case.pk, version_in_force(HIGH_RISK, case.school).pk)
    do_step(who, flow.steps.get(step__code="not_alone").pk, proof=PROOF)
    return flow


def _ended(places: Places, who: Actor) -> Flow:
    case = case_of(who, places.here.pupil())
    flow, other = _begun(who, case), places.here.colleague.user
    Flow.objects.filter(pk=flow.pk).update(end_asked_by=who.user, ended_by=other, ended_at=timezone.now())
    for role in Role:
        assign_perm("cases.work_on_case", places[role].user, case)
    return flow


def _thing(flow: Flow) -> Thing:
    step = flow.steps.get(step__code="referred")
    return {"pk": flow.pk, "step": step.pk, "case": flow.case_id, "version": flow.version_id}
