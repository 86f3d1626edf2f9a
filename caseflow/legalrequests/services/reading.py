"""Opening a request, and reading what was given: that it was shown and the showing are one transaction (rule 24)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from caseflow.directory.actors import Actor
from caseflow.documents.bilingual import in_tongues
from caseflow.documents.enums import Tongue
from caseflow.legalrequests.models import LegalRequest
from caseflow.legalrequests.rules import APPROVERS, Snapshot
from caseflow.legalrequests.selectors.reading import RequestFile, copy_of, file_of
from caseflow.legalrequests.selectors.scope import readable_copy, requests_of
from caseflow.legalrequests.services.holding import log_by


@dataclass(frozen=True, slots=True)
class Opened:
    """A request with what was given, for whoever may read that. `unchanged`: the copy is the one that was approved.

    `mark` says who reads it, when, and under which number.
    """

    file: RequestFile
    snapshot: Snapshot | None
    unchanged: bool
    mark: dict[str, str]


@dataclass(frozen=True, slots=True)
class Paper:
    """What is printed; `data` holds texts, each alone or by language."""

    request: LegalRequest
    data: dict[str, Any]
    made_at: datetime


@transaction.atomic
def open_request(actor: Actor, request_id: UUID) -> Opened:
    """A request; whoever asked reads what was given, until the term is over. The look is logged.

    Raises LegalRequest.DoesNotExist.
    """
    request = requests_of(actor).select_related("snapshot_key").get(pk=request_id)
    file = file_of(request, with_child=actor.role not in APPROVERS)
    mark = {"reader": actor.user.short_name, "at": _moment(timezone.now()), "number": request.number}
    if not readable_copy(actor, request) or _is_over(request):
        log_by(actor.user, actor.role, "legal_request_read", request)
        return Opened(file, None, unchanged=True, mark=mark)
    snapshot = copy_of(request)
    log_by(actor.user, actor.role, "legal_snapshot_read", request)
    return Opened(file, snapshot, unchanged=snapshot is not None and snapshot.sha256 == request.sha256, mark=mark)


@transaction.atomic
def print_copy(actor: Actor, request_id: UUID, tongue: Tongue) -> Paper:
    """What was given as a paper that says on every page who took it and when.

    Raises LegalRequest.DoesNotExist, for a copy that was changed or destroyed too.
    """
    opened = open_request(actor, request_id)
    request, snapshot = opened.file.request, opened.snapshot
    if snapshot is None or not opened.unchanged:
        raise LegalRequest.DoesNotExist
    now = timezone.now()

    def compose() -> dict[str, Any]:
        return {
            "demo": gettext("All names and events are invented") if settings.DEMO else "",
            "title": gettext("Copy of a case on a legal request"),
            "facts": _facts(request),
            "lines": [
                {"key": str(at), "name": line.heading, "value": line.shown} for at, line in enumerate(snapshot.lines)
            ],
            "mark": opened.mark,
            "words": {
                "care": gettext("Given to the person named here alone. It may not be copied or passed on."),
                "digest": gettext("Digest of the text"),
            },
            "digest": request.sha256,
        }

    return Paper(request, {"language": tongue.codes[0], **in_tongues(tongue.codes, compose)}, now)


def _facts(request: LegalRequest) -> list[dict[str, str]]:
    prepared, approved = request.prepared_by, request.approved_by
    facts = [
        ("number", gettext("Request"), f"{request.number}, {request.dated:%d.%m.%Y}"),
        ("ground", gettext("Ground"), f"{request.get_ground_display()}, {request.act}"),
        (
            "prepared",
            gettext("Chosen by"),
            f"{prepared.short_name if prepared else ''}, {_moment(request.prepared_at)}",
        ),
        (
            "approved",
            gettext("Approved by"),
            f"{approved.short_name if approved else ''}, {_moment(request.approved_at)}",
        ),
        ("expires", gettext("Can be read until"), _moment(request.expires_at)),
    ]
    return [{"key": key, "name": name, "value": value} for key, name, value in facts]


def _is_over(request: LegalRequest) -> bool:
    return request.expires_at is None or request.expires_at <= timezone.now()


def _moment(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%d.%m.%Y %H:%M}" if moment else ""
