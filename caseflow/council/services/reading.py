"""Readings that are logged: a proof that is opened, the register or minutes taken away as a file."""

from uuid import UUID

from django.db import transaction

from caseflow.audit.services import record
from caseflow.council.models import Evidence, Session
from caseflow.council.paper import minutes_file, register_file
from caseflow.council.selectors.register import Asked, register
from caseflow.council.selectors.scope import councils_of, evidence_of
from caseflow.council.selectors.sessions import session_file
from caseflow.council.services.holding import log
from caseflow.directory.actors import Actor
from caseflow.documents.sheets import FileFormat
from caseflow.records.files import read_file


@transaction.atomic
def open_evidence(actor: Actor, evidence_id: UUID) -> tuple[Evidence, bytes]:
    """A file that proves something, with its content. Raises Evidence.DoesNotExist, FileNotFoundError, VaultError."""
    kept = evidence_of(actor, evidence_id)
    content = read_file(kept.data_key, kept.file)
    record(
        action="council_evidence_read", actor_id=actor.user.pk, role=actor.role, obj=f"council.Evidence/{evidence_id}"
    )
    return kept, content


@transaction.atomic
def take_register(actor: Actor, asked: Asked, kind: FileFormat, language: str) -> bytes:
    """The register as it is asked for, as a file."""
    council = councils_of(actor).first()
    unit = council or actor.membership.agency
    content = register_file(str(unit or ""), list(register(actor, asked)), kind, language)
    detail = {"format": kind.value, "state": asked.state, "agency": asked.agency, "year": asked.year}
    record(action="council_register_taken", actor_id=actor.user.pk, role=actor.role, obj="council", detail=detail)
    return content


@transaction.atomic
def take_minutes(actor: Actor, session_id: UUID, kind: FileFormat, language: str) -> tuple[Session, bytes]:
    """Agenda or minutes of a session as a file. Raises Session.DoesNotExist."""
    file = session_file(actor, session_id)
    content = minutes_file(file, kind, language)
    log(actor, "council_minutes_taken", file.session, format=kind.value)
    return file.session, content
