import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise

from caseflow.accounts.models import User
from caseflow.audit.models import AuditEntry
from caseflow.audit.selectors import entries
from caseflow.cases.models import Case
from caseflow.cases.selectors import scoped_cases
from caseflow.cases.selectors.shared import SharedNote, shared_notes
from caseflow.clocks.matters import Look
from caseflow.clocks.models import Clock
from caseflow.consent.selectors import decidable_pupils
from caseflow.consent.selectors.exclusions import excluded_since
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Pupil
from caseflow.directory.rules import is_guardian
from caseflow.incidents.selectors.scope import scoped_incidents
from caseflow.portal.models import LogRelease, PortalRequest
from caseflow.portal.rules import CASE, HARMLESS, LAG, OTHER, SHOWN_FOR, is_reading, may_learn, subject_of
from caseflow.records.vault import unseal, where
from caseflow.triage.enums import ItemKind
from caseflow.triage.selectors import scoped_items

NOBODY = UUID(int=0)
GUARDIANS = (Role.PARENT, Role.PUPIL)


@dataclass(frozen=True, slots=True)
class LogLine:
    """Somebody opened something about the pupil."""

    who: User
    role: Promise | str
    what: Promise | str
    at: datetime


@dataclass(frozen=True, slots=True)
class Withheld:
    """Something whose readings no guardian learns of yet."""

    pupil: Pupil
    obj: str
    what: Promise | str
    last_read_at: datetime


@dataclass(frozen=True, slots=True)
class ReadRequest:
    """A request with its words."""

    request: PortalRequest
    words: str
    answer: str


def own_child(actor: Actor, pupil_id: UUID) -> Pupil:
    """The own child, or oneself. Raises Pupil.DoesNotExist for anybody else's."""
    return decidable_pupils(actor).select_related("school__district", "school_class", "data_key").get(pk=pupil_id)


def access_log(actor: Actor, pupil: Pupil, now: datetime | None = None) -> list[LogLine]:
    """Who opened the pupil's data, newest first: what a guardian may learn, 14 days after it happened (rule 10a)."""
    until = (now or timezone.now()) - LAG
    touched, released = _touched([pupil.pk]), _released([pupil.pk])
    lines = entries().filter(pupil_id=pupil.pk, at__lt=until, at__gte=until - SHOWN_FOR, actor__isnull=False)
    return [
        LogLine(entry.actor, Role(entry.role).label, HARMLESS.get(subject_of(entry.obj), OTHER), entry.at)
        for entry in lines.exclude(actor=actor.user).exclude(role__in=("", *GUARDIANS)).order_by("-at")
        if entry.actor is not None and is_reading(entry.action) and may_learn(entry.obj, touched, released)
    ]


def withheld(actor: Actor) -> list[Withheld]:
    """What guardians do not learn of because it touches an incident or a report, for the psychologist to release.

    Only what the psychologist may open too: a report about staff is not even named to the school (rule 10b).
    """
    pupils = {p.pk: p for p in actor.pupils().filter(guardianships__isnull=False).distinct()}
    read = AuditEntry.objects.filter(pupil_id__in=pupils, actor__isnull=False).exclude(role__in=("", *GUARDIANS))
    rows = read.values("pupil_id", "obj", "action").annotate(last=Max("at")).order_by("-last")
    hidden: dict[tuple[UUID, str], Withheld] = {}
    touched, released = _touched(pupils), _released(pupils)
    for row in rows:
        pupil, obj = pupils.get(row["pupil_id"] or NOBODY), row["obj"]
        if pupil and is_reading(row["action"]) and not may_learn(obj, touched, released):
            what = HARMLESS.get(subject_of(obj), OTHER)
            hidden.setdefault((pupil.pk, obj), Withheld(pupil, obj, what, row["last"]))
    reached = _reached(actor, [obj for _pupil, obj in hidden])
    return [each for each in hidden.values() if each.obj in reached]


def _reached(actor: Actor, objs: Iterable[str]) -> set[str]:
    """Those of the objects, as the audit names them, that the actor may open; what no room scopes is among them."""
    scopes: dict[str, QuerySet[Any]] = {
        "incident": scoped_incidents(actor),
        "triage": scoped_items(actor),
        CASE: scoped_cases(actor),
    }
    asked: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for obj in objs:
        asked[subject_of(obj)][re.split(r"[ :/]", obj, maxsplit=1)[-1]] = obj
    reached: set[str] = set()
    for subject, by_key in asked.items():
        if subject in scopes:
            known = [key for key in by_key if _is_id(key)]
            found = {str(pk) for pk in scopes[subject].filter(pk__in=known).values_list("pk", flat=True)}
            by_key = {key: obj for key, obj in by_key.items() if key in found}
        reached |= set(by_key.values())
    return reached


def _is_id(key: str) -> bool:
    try:
        return bool(UUID(key))
    except ValueError:
        return False


def shared_plan(actor: Actor, pupil: Pupil) -> list[SharedNote]:
    """What psychologists shared with the family, the newest first. `pupil` is the own child, or oneself.

    An excluded guardian keeps what was there before and gets nothing new: neither a gap nor a line shows it (rule 10).
    """
    return shared_notes(pupil.pk, before=excluded_since(pupil.pk, actor.membership.guardian_id))


def own_requests(actor: Actor, pupil: Pupil) -> list[ReadRequest]:
    """What the actor asked for this pupil, newest first."""
    mine = PortalRequest.objects.filter(pupil=pupil, by=actor.user).select_related("clock", "pupil__data_key")
    return [_read(request) for request in mine]


def requests_to_answer(actor: Actor) -> list[ReadRequest]:
    """The requests of the lead's schools; the data protection officer sees all. Open ones first."""
    scope = PortalRequest.objects.all() if actor.role == Role.DPO else scoped_requests(actor)
    found = scope.select_related("clock__school", "pupil__data_key", "guardian", "answered_by")
    return [_read(request) for request in found.order_by("answered_at", "created_at")]


def scoped_requests(actor: Actor) -> QuerySet[PortalRequest]:
    """The requests this lead may answer: of the schools they were put to, also when the pupil has moved since."""
    own = is_guardian(actor.user, "pupil__guardianships__guardian__")
    return PortalRequest.objects.filter(clock__school__in=actor.schools()).exclude(own)


def looks_at_requests(actor: Actor, clock_ids: Collection[UUID]) -> dict[UUID, Look]:
    """Where the requests of these clocks are answered, of those that the actor may answer."""
    found = scoped_requests(actor).filter(clock__in=clock_ids).values_list("clock", flat=True)
    return {clock: Look("", reverse("portal:requests")) for clock in found}


def clocks_about(pupils: Collection[UUID]) -> QuerySet[Clock]:
    """The clocks of requests about these pupils: another lead than a parent answers those (rule 10b)."""
    return Clock.objects.filter(pk__in=PortalRequest.objects.filter(pupil__in=pupils).values("clock"))


def place(request_id: UUID, field: str) -> str:
    """Where the sealed words of a request belong."""
    return where("portal.PortalRequest", request_id, field)


def _read(request: PortalRequest) -> ReadRequest:
    key = request.pupil.data_key
    words = unseal(key, request.words_sealed, place(request.pk, "words"))
    return ReadRequest(request, words, unseal(key, request.answer_sealed, place(request.pk, "answer")))


def _touched(pupil_ids: Iterable[UUID]) -> frozenset[str]:
    """The cases of the pupils that an incident or a report is linked with, as the audit log names them."""
    linked = Case.objects.filter(pupil__in=list(pupil_ids), triage_items__kind=ItemKind.INCIDENT)
    return frozenset(f"{CASE}/{pk}" for pk in linked.values_list("pk", flat=True))


def _released(pupil_ids: Iterable[UUID]) -> frozenset[str]:
    """What was released; a case only until an incident is linked with it that the release did not know of."""
    pupils = list(pupil_ids)
    linked = Case.objects.filter(pupil__in=pupils, triage_items__kind=ItemKind.INCIDENT)
    dated = linked.annotate(at=Max("triage_items__decided_at")).values_list("pk", "at")
    newest = {f"{CASE}/{pk}": at for pk, at in dated}
    released = LogRelease.objects.filter(pupil__in=pupils).values_list("obj", "released_at")
    return frozenset(obj for obj, at in released if newest.get(obj) is None or newest[obj] <= at)
