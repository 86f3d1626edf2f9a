"""What is frozen of a session when it closes, and its checksum."""

import hashlib
import json
from datetime import UTC, date
from typing import Any
from uuid import UUID

from caseflow.council.enums import DecisionState, Move
from caseflow.council.models import AgendaItem, Attendance, Decision, DecisionStep, Session


def content_of(session: Session) -> dict[str, Any]:
    """Agenda, attendance and decisions as they were made: JSON that depends on nothing that moves afterwards."""
    items = AgendaItem.objects.filter(session=session)
    attendances = Attendance.objects.filter(session=session).select_related("member").order_by("member")
    decided = Decision.objects.filter(session=session).exclude(state=DecisionState.DRAFT).order_by("number")
    first_days = first_days_of(session)
    return {
        "session": [
            session.year,
            session.number,
            session.kind,
            session.starts_at.astimezone(UTC).isoformat(),
            session.place,
        ],
        "items": [[item.place, item.title, item.agency_id, item.speaker, item.heard] for item in items],
        "attendance": [
            [one.member_id, one.member.name, one.member.position, one.presence, one.substitute] for one in attendances
        ],
        "decisions": [
            [one.number, one.text, one.agency_id, one.person, str(first_days.get(one.pk) or "")] for one in decided
        ],
    }


def digest_of(session: Session) -> str:
    """SHA-256 (hex) of the canonical JSON of `content_of`."""
    canonical = json.dumps(content_of(session), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def is_unchanged(session: Session) -> bool:
    """Whether a closed session is still what was closed."""
    return session.digest == digest_of(session)


def first_days_of(session: Session) -> dict[UUID, date | None]:
    """Of each approved decision the day that was decided, whatever was given later."""
    approvals = DecisionStep.objects.filter(decision__session=session, move=Move.APPROVE)
    return dict(approvals.values_list("decision", "until"))
