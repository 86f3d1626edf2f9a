"""What an act removes is kept for the seconds in which the act can be taken back, and put back from there."""

import json
from collections.abc import Sequence
from uuid import UUID

from django.core import serializers
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from caseflow.directory.actors import Actor
from caseflow.undo.models import Removed
from caseflow.undo.rules import UNDO_WITHIN, TooLateError


def keep_removed(
    actor: Actor, kind: str, object_id: object, rows: Sequence[models.Model], *, pupil_id: UUID | None = None
) -> None:
    """Keep these rows as they are now, inside the transaction that removes them; each after those it refers to.

    What the actor removed before is forgotten: only the last act is offered to be undone.
    """
    said = json.dumps(serializers.serialize("python", rows), default=str)  # Django's own JSON cuts moments
    kept = {"kind": kind, "object_id": str(object_id), "pupil_id": pupil_id, "at": timezone.now(), "rows": said}
    Removed.objects.update_or_create(by=actor.user, defaults=kept)


def removed_rows(actor: Actor, kind: str, object_id: str) -> list[models.Model]:
    """What the actor has just removed, as it was, and no longer kept: for the caller's transaction to put back.

    Raises Removed.DoesNotExist.
    """
    kept = Removed.objects.select_for_update(of=("self",)).get(by=actor.user, kind=kind, object_id=object_id)
    rows = [each.object for each in serializers.deserialize("python", json.loads(kept.rows))]
    kept.delete()
    return rows


def put_back(rows: Sequence[models.Model]) -> None:
    """Store these rows again with the ids they had.

    Raises TooLateError where something took their place meanwhile, or what they refer to is gone.
    """
    try:
        with transaction.atomic():
            for row in rows:
                row.save_base(raw=True, force_insert=True)
            connection.check_constraints(table_names=sorted({row._meta.db_table for row in rows}))
    except IntegrityError as taken:
        raise TooLateError from taken


def erase_removed() -> int:
    """Forget what can no longer be put back; how many acts that were."""
    return Removed.objects.filter(at__lt=timezone.now() - UNDO_WITHIN).delete()[0]
