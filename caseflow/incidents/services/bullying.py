"""Finding that acts between two pupils are bullying, and taking it back (rule 13)."""

from typing import cast
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from caseflow.audit.services import record
from caseflow.directory.actors import Actor
from caseflow.incidents.enums import Answerer, PartyRole
from caseflow.incidents.models import Bullying, BullyingAct, Incident, Party, PartyAnswer
from caseflow.incidents.rules.bullying import is_reason, may_confirm
from caseflow.incidents.selectors.bullying import Pair, pairs_of
from caseflow.incidents.selectors.merging import deciding_scope
from caseflow.incidents.services.checking import BadReportError
from caseflow.records.vault import seal, where


@transaction.atomic
def confirm_bullying(
    actor: Actor, incident_id: UUID, *, said_id: UUID, harmed_id: UUID, override: str = ""
) -> Bullying:
    """Record that bullying between two parties of the report is confirmed: on two acts, or on a reason.

    The reason is kept only where it was needed. Raises Incident.DoesNotExist unless the actor decides on the report,
    Party.DoesNotExist for somebody who is no such party, BadReportError (one act alone, found not established, merged,
    confirmed already).
    """
    incident = deciding_scope(actor).get(pk=incident_id)
    for party, role in ((said_id, PartyRole.SAID_TO_HAVE_HARMED), (harmed_id, PartyRole.HARMED)):
        incident.parties.get(pk=party, role=role, pupil__isnull=False)
    pair = _locked_pair(actor, incident_id, said_id, harmed_id)
    if not may_confirm(len(pair.acts), override):
        raise BadReportError(
            _("One act alone is a suspicion. Wait for a second report, or explain in a sentence why it is bullying")
        )
    said, harmed = pair.pupils
    finding = Bullying(incident=incident, said=said, harmed=harmed, by=actor.user, at=timezone.now())
    if not pair.suffices:
        place = where("incidents.Bullying", finding.pk, "override")
        finding.override_sealed = seal(incident.data_key, override.strip(), place)
    _keep(finding)
    BullyingAct.objects.bulk_create(BullyingAct(finding=finding, incident=act) for act in pair.acts)
    _log(actor, "incident.bullying_confirmed", incident, finding=str(finding.pk), overridden=not pair.suffices)
    return finding


@transaction.atomic
def take_back_bullying(actor: Actor, incident_id: UUID, finding_id: UUID, *, reason: str) -> Bullying:
    """Take a finding back; both stay on record. Raises Incident.DoesNotExist unless the actor decides on the report,
    Bullying.DoesNotExist (none on it, or taken back before), BadReportError (no reason)."""
    incident = deciding_scope(actor).select_related("data_key").get(pk=incident_id)
    standing = Bullying.objects.filter(incident=incident, pk=finding_id, taken_back_at=None)
    standing.select_for_update().get()
    if not is_reason(reason):
        raise BadReportError(_("Explain in a sentence why it is taken back"))
    sealed = seal(incident.data_key, reason.strip(), where("incidents.Bullying", finding_id, "taken_back"))
    standing.update(taken_back_by=actor.user, taken_back_at=timezone.now(), taken_back_sealed=sealed)
    _log(actor, "incident.bullying_taken_back", incident, finding=str(finding_id))
    return Bullying.objects.get(pk=finding_id)


@transaction.atomic
def note_answer(
    actor: Actor, incident_id: UUID, party_id: UUID, *, answerer: str, text: str, asks_correction: bool
) -> PartyAnswer:
    """Note what a pupil said to have harmed somebody answers, or a guardian for the pupil.

    Raises Incident.DoesNotExist unless the actor decides on the report, Party.DoesNotExist, BadReportError.
    """
    incident = deciding_scope(actor).select_related("data_key").get(pk=incident_id)
    party = incident.parties.get(pk=party_id, role=PartyRole.SAID_TO_HAVE_HARMED, pupil__isnull=False)
    if not text.strip() or answerer not in Answerer.values:
        raise BadReportError(_("Write who answers, and what"))
    answer = PartyAnswer(
        incident=incident,
        pupil_id=cast("UUID", party.pupil_id),
        answerer=answerer,
        asks_correction=asks_correction,
        noted_by=actor.user,
        noted_at=timezone.now(),
    )
    place = where("incidents.PartyAnswer", answer.pk, "text")
    answer.text_sealed = seal(incident.data_key, text.strip(), place)
    answer.save(force_insert=True)
    _log(actor, "incident.answer_noted", incident, party=str(party_id), asks_correction=asks_correction)
    return answer


def _locked_pair(actor: Actor, incident_id: UUID, said_id: UUID, harmed_id: UUID) -> Pair:
    """The pair with its acts, locked in the order in which a merge locks them, so that none is merged meanwhile."""
    seen = _pair(actor, incident_id, said_id, harmed_id)
    ids = sorted(act.pk for act in seen.acts)
    list(Incident.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk").only("pk"))
    return _pair(actor, incident_id, said_id, harmed_id)


def _pair(actor: Actor, incident_id: UUID, said_id: UUID, harmed_id: UUID) -> Pair:
    incident = deciding_scope(actor).get(pk=incident_id)
    if incident.merged_into_id:
        raise BadReportError(_("This report is merged into another. Decide there"))
    parties = Party.objects.filter(pk__in=[said_id, harmed_id], incident=incident).select_related("pupil")
    for pair in pairs_of(actor, incident, parties):
        return pair
    raise BadReportError(_("It was found not established that this pupil harmed anybody here"))


def _keep(finding: Bullying) -> None:
    try:
        with transaction.atomic():
            finding.save(force_insert=True)
    except IntegrityError as first:
        raise BadReportError(_("Bullying is confirmed on this report already")) from first


def _log(actor: Actor, action: str, incident: Incident, **detail: object) -> None:
    record(
        action=action,
        actor_id=actor.user.pk,
        role=actor.role,
        obj=f"incident:{incident.pk}",
        pupil_id=incident.triage_item.pupil_id,
        detail=detail,
    )
