from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from caseflow.audit.services import record
from caseflow.directory.actors import Actor
from caseflow.incidents.enums import Conclusion
from caseflow.incidents.models import Incident, LegalAssessment
from caseflow.incidents.selectors.legal import LegalView, addressed_to, as_addressed
from caseflow.incidents.services.checking import BadReportError
from caseflow.records.vault import seal, where
from caseflow.triage.services import legal_assessed


class AlreadyAssessedError(Exception):
    """A legal assessment of this report is there: `assessment`."""

    def __init__(self, assessment: LegalAssessment) -> None:
        super().__init__(assessment.pk)
        self.assessment = assessment


@transaction.atomic
def open_addressed(actor: Actor, incident_id: UUID) -> LegalView:
    """Show a report to the agency it is addressed to and record the reading. Raises Incident.DoesNotExist."""
    incident = addressed_to(actor).get(pk=incident_id)
    _log(actor, "read", incident)
    return as_addressed(incident)


def give_legal_assessment(actor: Actor, incident_id: UUID, *, conclusion: str, text: str) -> LegalAssessment:
    """Give the legal assessment of a report, once; it stops the legal clock, and the psychologist sees it.

    Raises Incident.DoesNotExist unless the report is addressed to the actor's agency, BadReportError (no conclusion,
    no text), AlreadyAssessedError for everybody but the first.
    """
    incident = addressed_to(actor).get(pk=incident_id)
    if conclusion not in Conclusion.values:
        raise BadReportError(_("Choose a conclusion"))
    if not text.strip():
        raise BadReportError(_("Write what the conclusion rests on"))
    try:
        with transaction.atomic():
            return _given(actor, incident, conclusion, text.strip())
    except IntegrityError as error:  # one assessment per report: somebody was faster
        first = LegalAssessment.objects.select_related("by", "agency").get(incident=incident)
        raise AlreadyAssessedError(first) from error


def _given(actor: Actor, incident: Incident, conclusion: str, text: str) -> LegalAssessment:
    assessment = LegalAssessment(
        incident=incident,
        agency=actor.membership.agency,
        by=actor.user,
        at=timezone.now(),
        conclusion=conclusion,
    )
    place = where("incidents.LegalAssessment", assessment.pk, "text")
    assessment.text_sealed = seal(incident.data_key, text, place)
    assessment.save(force_insert=True)
    legal_assessed(incident.triage_item)
    _log(actor, "incident.legally_assessed", incident, conclusion=conclusion)
    return assessment


def _log(actor: Actor, action: str, incident: Incident, **detail: object) -> None:
    record(
        action=action,
        actor_id=actor.user.pk,
        role=actor.role,
        obj=f"incident:{incident.pk}",
        pupil_id=incident.triage_item.pupil_id,
        detail=detail,
    )
