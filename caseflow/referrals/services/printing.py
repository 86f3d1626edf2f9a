"""Printing a letter that was sent: what is shown and that it was shown are one transaction (rule 24)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from caseflow.directory.actors import Actor
from caseflow.documents.enums import Tongue
from caseflow.referrals.enums import State
from caseflow.referrals.models import Referral
from caseflow.referrals.selectors.papers import letter_data
from caseflow.referrals.selectors.reading import open_letter
from caseflow.referrals.selectors.scope import readable
from caseflow.referrals.services.holding import log


@dataclass(frozen=True, slots=True)
class Paper:
    """What is printed; `data` holds texts, each alone or by language."""

    referral: Referral
    data: dict[str, Any]
    made_at: datetime


@transaction.atomic
def print_letter(actor: Actor, referral_id: UUID, tongue: Tongue) -> Paper:
    """The letter as a paper, for its sender and for a receiver who may read it.

    Raises Referral.DoesNotExist, for a draft and for a text that is closed to the reader too.
    """
    referral = readable(actor, referral_id)
    letter = None if referral.state == State.DRAFT else open_letter(actor, referral)
    if letter is None:
        raise Referral.DoesNotExist
    now = timezone.now()
    log(actor, "referral_printed", referral, language=tongue.value)
    return Paper(referral, letter_data(actor, referral, letter, tongue, now), now)
