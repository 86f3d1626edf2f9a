from collections.abc import Iterable
from typing import Any, cast
from uuid import UUID, uuid4

from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from caseflow.audit.services import record
from caseflow.cases.selectors.shared import SharedNote
from caseflow.clocks.services import start_clock, stop_clock, tell_of_deadline
from caseflow.clocks.watchers import Told
from caseflow.consent.models import ConsentEvent
from caseflow.consent.selectors import decidable_pupils, own_decisions
from caseflow.directory.actors import Actor
from caseflow.directory.models import Pupil, School
from caseflow.directory.selectors import WITH_UNIT, leads_over_school, recipients
from caseflow.portal.enums import RequestKind
from caseflow.portal.models import LogRelease, PortalRequest
from caseflow.portal.rules import LAG
from caseflow.portal.selectors import (
    ReadRequest,
    Withheld,
    access_log,
    own_requests,
    place,
    requests_to_answer,
    scoped_requests,
    shared_plan,
    withheld,
)
from caseflow.records.vault import seal
from notifications.enums import AlertKind


class AnsweredError(Exception):
    """Somebody has answered this request already."""


@transaction.atomic
def ask(actor: Actor, *, pupil_id: UUID, kind: str, words: str) -> PortalRequest:
    """Put a request for the own child, with the clock for its answer running. Raises Http404."""
    pupil = _own_pupil(actor, pupil_id)
    now, pk = timezone.now(), uuid4()
    request = PortalRequest.objects.create(
        id=pk,
        pupil=pupil,
        guardian_id=actor.membership.guardian_id,
        by=actor.user,
        kind=RequestKind(kind),
        words_sealed=seal(pupil.data_key, words, place(pk, "words")),
        created_at=now,
        clock=start_clock("data_subject_answer", pupil.school, now),
    )
    _log(actor, "portal.asked", f"portal.PortalRequest/{pk}", pupil.pk)
    return request


@transaction.atomic
def open_shared_plan(actor: Actor, pupil_id: UUID) -> list[SharedNote]:
    """The shared plan of the own child; which notes were read is recorded (rule 24). Raises Http404."""
    pupil = _own_pupil(actor, pupil_id)
    rows = shared_plan(actor, pupil)
    if rows:
        record(
            action="portal.plan_read",
            actor_id=actor.user.pk,
            role=actor.role,
            obj=f"portal.SharedPlan/{pupil.pk}",
            pupil_id=pupil.pk,
            detail={"notes": [str(row.id) for row in rows]},
        )
    return rows


@transaction.atomic
def open_requests(actor: Actor) -> list[ReadRequest]:
    """The requests a lead or the protection officer may read, with their words; the reading is recorded (rule 24)."""
    rows = requests_to_answer(actor)
    if rows:
        _log_reading(actor, "portal.PortalRequest", requests=[str(row.request.pk) for row in rows])
    return rows


@transaction.atomic
def open_withheld(actor: Actor) -> list[Withheld]:
    """What guardians do not learn of yet; that it was looked at is recorded (rule 24)."""
    rows = withheld(actor)
    if rows:
        _log_reading(actor, "portal.Withheld", objects=[row.obj for row in rows])
    return rows


@transaction.atomic
def answer_request(actor: Actor, request_id: UUID, words: str) -> PortalRequest:
    """Answer a request, once. Raises Http404, AnsweredError."""
    request = get_object_or_404(scoped_requests(actor).select_related("pupil__data_key"), pk=request_id)
    now = timezone.now()
    answered = PortalRequest.objects.filter(pk=request_id, answered_at=None).update(
        answered_at=now,
        answered_by=actor.user,
        answer_sealed=seal(request.pupil.data_key, words, place(request_id, "answer")),
    )
    if not answered:
        raise AnsweredError
    stop_clock(request.clock_id, now)
    _log(actor, "portal.answered", f"portal.PortalRequest/{request_id}", request.pupil_id)
    return request


@transaction.atomic
def release(actor: Actor, *, pupil_id: UUID, obj: str) -> LogRelease:
    """Let guardians learn who read a thing that was withheld from them. Raises Http404 for what is not withheld."""
    pupil = get_object_or_404(actor.pupils(), pk=pupil_id)
    if not any(hidden.pupil.pk == pupil_id and hidden.obj == obj for hidden in withheld(actor)):
        raise Http404
    kept, _created = LogRelease.objects.update_or_create(
        pupil=pupil, obj=obj, defaults={"released_by": actor.user, "released_at": timezone.now()}
    )
    _log(actor, "portal.released", obj, pupil_id)
    return kept


@transaction.atomic
def export(actor: Actor, pupil_id: UUID) -> dict[str, Any]:
    """The actor's own decisions and requests and what they may learn of the log, ready for JSON. Raises Http404.

    The log lags as on the page (rule 10a); decisions of other people are never in it.
    """
    pupil = _own_pupil(actor, pupil_id)
    now = timezone.now()
    decisions = own_decisions(pupil.pk, actor.membership.guardian_id)
    _log(actor, "portal.exported", f"pupil {pupil.pk}", pupil.pk)
    return {
        "exported_at": now.isoformat(),
        "pupil": {"id": str(pupil.pk), "name": pupil.full_name, "school": pupil.school.name},
        "consents": [_decision(event) for event in decisions],
        "log_until": (now - LAG).isoformat(),
        "log": [
            {"at": line.at.isoformat(), "who": line.who.short_name, "role": str(line.role), "what": str(line.what)}
            for line in access_log(actor, pupil, now)
        ],
        "shared_plan": [
            {"at": note.at.isoformat(), "who": note.by, "words": note.text, "corrected": note.struck}
            for note in shared_plan(actor, pupil)
        ],
        "requests": [
            {
                "kind": read.request.kind,
                "asked_at": read.request.created_at.isoformat(),
                "words": read.words,
                "answer": read.answer,
            }
            for read in own_requests(actor, pupil)
        ],
    }


def tell_of_requests(clock_ids: Iterable[UUID]) -> None:
    """Tell the leads of a school that the answer to a request is nearly due, and when it is overdue."""
    waiting = PortalRequest.objects.filter(clock__in=list(clock_ids), answered_at=None)
    for request in waiting.select_related("clock__school__district"):
        clock = request.clock
        school = cast("School", clock.school)  # that of a request is always one of a school
        tell_of_deadline(
            clock,
            recipients(leads_over_school(school)),
            kind=AlertKind.DEADLINE_MISSED if clock.escalated_at else AlertKind.DEADLINE_NEAR,
            params={"clock": clock.code, "due": clock.due_at.isoformat(), "school": school.names},
            url=reverse("portal:requests"),
        )


def targets_of_request(clock_id: UUID, targets: frozenset[str]) -> list[Told]:
    """The leads who are told of a missed answer, of the district or the region; no parent of the pupil (rule 10b)."""
    found = []
    waiting = PortalRequest.objects.filter(clock=clock_id, answered_at=None)
    for request in waiting.select_related("clock__school__district"):
        leads = leads_over_school(cast("School", request.clock.school))  # that of a request is always one of a school
        for who in leads.select_related("user", *WITH_UNIT):
            target = f"{'district' if who.district_id else 'region'}:{who.role}"
            if target in targets and scoped_requests(Actor(who.user, who)).filter(pk=request.pk).exists():
                found.append(Told(target, who.user_id, who.pk, reverse("portal:requests")))
    return found


def _decision(event: ConsentEvent) -> dict[str, Any]:
    return {
        "at": event.at.isoformat(),
        "decision": event.kind,
        "purpose": event.purpose,
        "channel": event.channel,
        "operator": event.operator_name,
        "operator_bin": event.operator_bin,
        "data_categories": event.data_categories,
        "third_parties": event.third_parties,
        "cross_border": event.cross_border,
        "term": event.term,
        "text_version": event.text_version,
        "language": event.language,
        "text_sha256": event.shown_sha256,
        "until": event.expires_at and event.expires_at.isoformat(),
    }


def _own_pupil(actor: Actor, pupil_id: UUID) -> Pupil:
    own = decidable_pupils(actor).select_related("school__district", "data_key")
    return get_object_or_404(own, pk=pupil_id)


def _log(actor: Actor, action: str, obj: str, pupil_id: UUID) -> None:
    record(action=action, actor_id=actor.user.pk, role=actor.role, obj=obj, pupil_id=pupil_id)


def _log_reading(actor: Actor, obj: str, **detail: object) -> None:
    """About several pupils at once, so no guardian's log can show it."""
    record(action="read", actor_id=actor.user.pk, role=actor.role, obj=obj, detail=detail)
