"""Decisions for tests, written through the product's own services."""

from datetime import datetime
from io import BytesIO
from typing import Any
from uuid import UUID

from django.db import transaction
from PIL import Image

from caseflow.consent.enums import Channel, EventKind, Purpose
from caseflow.consent.models import ConsentEvent, ConsentText
from caseflow.consent.selectors import text_in_force
from caseflow.consent.services.deciding import write_given
from caseflow.consent.services.ledger import Author, append, lock_ledger
from caseflow.directory.models import Pupil
from tests.directory.factories import UserFactory


@transaction.atomic
def given(
    pupil: Pupil, guardian_id: UUID | None, purpose: Purpose = Purpose.MOOD_ANALYSIS, at: datetime | None = None
) -> ConsentEvent:
    """A consent as the portal writes it, at that moment (now)."""
    by = Author(UserFactory.create().pk, "parent", Channel.PORTAL, at)
    return write_given(by, lock_ledger(pupil.pk), text_in_force(purpose, "ru"), guardian_id=guardian_id)


@transaction.atomic
def line(pupil: Pupil, kind: EventKind, at: datetime | None = None, **content: Any) -> ConsentEvent:
    """Any line of the ledger."""
    return append(Author(UserFactory.create().pk, "parent", Channel.PORTAL, at), kind, lock_ledger(pupil.pk), **content)


def text(purpose: Purpose = Purpose.MOOD_ANALYSIS, language: str = "en") -> ConsentText:
    return text_in_force(purpose, language)


def picture(media: str = "PNG", **save: Any) -> bytes:
    """A small picture of a signed form."""
    out = BytesIO()
    Image.new("RGB", (40, 60), "white").save(out, format=media, **save)
    return out.getvalue()
