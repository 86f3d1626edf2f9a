"""The lead finds the case, chooses field by field, and freezes the copy."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from caseflow.accounts.models import User
from caseflow.cases.models import Case
from caseflow.directory.actors import Actor
from caseflow.directory.models import Guardianship
from caseflow.directory.rules import is_guardian
from caseflow.legalrequests.enums import Given, State
from caseflow.legalrequests.models import LegalRequest
from caseflow.legalrequests.rules import MINIMUM, RequestRefused, Snapshot
from caseflow.legalrequests.selectors.composing import Chosen, compose
from caseflow.legalrequests.selectors.reading import RequestFile, candidates, file_of, place
from caseflow.legalrequests.selectors.scope import requests_of
from caseflow.legalrequests.services.holding import hold, log_by
from caseflow.legalrequests.services.telling import tell_approvers
from caseflow.records.vault import new_key, seal
from caseflow.referrals.sources import Source, sources_of


@dataclass(frozen=True, slots=True)
class Preparing:
    """Everything to choose from: the cases it may be; for the chosen one its facts and what would be given now."""

    file: RequestFile
    cases: tuple[Case, ...]
    case: Case | None = None
    sources: tuple[Source, ...] = ()
    snapshot: Snapshot | None = None


@transaction.atomic
def look_for_case(actor: Actor, request_id: UUID) -> Preparing:
    """The cases that a request may be about. The look is logged. Raises LegalRequest.DoesNotExist, RequestRefused."""
    request = _waiting(actor, request_id)
    file = file_of(request, with_child=True)
    found = candidates(actor, file.child) if file.child else []
    log_by(actor.user, actor.role, "legal_request_matched", request, found=len(found))
    return Preparing(file, tuple(found))


@transaction.atomic
def show_copy(actor: Actor, request_id: UUID, case_id: UUID, chosen: Chosen) -> Preparing:
    """What would be given of one of these cases. Raises as `look_for_case`, and Case.DoesNotExist for no candidate."""
    looked = look_for_case(actor, request_id)
    case = next((case for case in looked.cases if case.pk == case_id), None)
    if case is None:
        raise Case.DoesNotExist
    sources = sources_of(actor, case)
    snapshot = compose(looked.file.request, case, chosen, sources)
    return Preparing(looked.file, looked.cases, case, sources, snapshot)


@transaction.atomic
def prepare(actor: Actor, request_id: UUID, case_id: UUID, chosen: Chosen, *, seen_sha256: str) -> LegalRequest:
    """Freeze what has that digest, as it was shown; a second person is asked to approve it.

    Raises LegalRequest.DoesNotExist, Case.DoesNotExist, RequestRefused (changed since it was shown, nothing beyond a
    name chosen, the own request).
    """
    request = hold(actor, request_id, State.ASKED)
    if request.made_by_id == actor.user.pk:
        raise RequestRefused(gettext("You made this request. Somebody else has to deal with it."))
    shown = show_copy(actor, request_id, case_id, chosen)
    snapshot = shown.snapshot
    if shown.case and _stands_for(request.made_by, shown.case):
        raise RequestRefused(gettext("Whoever asks stands for this child. Refuse the request."))
    if snapshot is None or snapshot.sha256 != seen_sha256:
        raise RequestRefused(gettext("The text has changed since you saw it. Look at it once more, then sign it."))
    given = {line.given for line in snapshot.lines}
    if given <= set(MINIMUM):
        raise RequestRefused(gettext("Choose what is given besides the name."))
    request.case = shown.case
    request.fields = [each.value for each in Given if each in given]
    request.snapshot_key = new_key("legal_copy")
    request.snapshot_sealed = seal(request.snapshot_key, snapshot.written(), place(request, "snapshot"))
    request.sha256 = snapshot.sha256
    request.state, request.prepared_by, request.prepared_at = State.PREPARED, actor.user, timezone.now()
    request.save()
    log_by(actor.user, actor.role, "legal_request_prepared", request, fields=request.fields, sha256=request.sha256)
    tell_approvers(request)
    return request


def _waiting(actor: Actor, request_id: UUID) -> LegalRequest:
    request = requests_of(actor).get(pk=request_id)
    if request.state != State.ASKED:
        raise RequestRefused(gettext("Somebody has dealt with this request meanwhile."))
    return request


def _stands_for(user: User, case: Case) -> bool:
    """Whether it is the own child of somebody (rule 10b)."""
    return Guardianship.objects.filter(is_guardian(user, "guardian__"), pupil=case.pupil_id).exists()
