"""Photos on a report by name: from its reporter with it, from those who decide later (rules 12 and 25)."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from caseflow.accounts.models import User
from caseflow.audit.services import record
from caseflow.directory.actors import Actor
from caseflow.incidents.models import Incident, Photo
from caseflow.incidents.rules import WORDS_READERS
from caseflow.incidents.selectors.merging import deciding_scope
from caseflow.incidents.selectors.scope import scoped_incidents
from caseflow.incidents.services.checking import BadReportError
from caseflow.incidents.services.pictures import Drawn
from caseflow.records.files import files_with_rows, keep_file, read_file

MOST_PHOTOS = 12


@files_with_rows()
def add_photos(actor: Actor, incident_id: UUID, pictures: Sequence[Drawn]) -> None:
    """Add photos to a report by name. Raises Incident.DoesNotExist unless the actor decides on it, and for one without
    a name; BadReportError (none, more than a report takes)."""
    incident = deciding_scope(actor).select_related("data_key", "triage_item").get(pk=incident_id, channel=None)
    Incident.objects.select_for_update().only("pk").get(pk=incident_id)
    if not pictures:
        raise BadReportError(_("Choose a picture first"))
    keep_photos(incident, actor.user, pictures)
    _log(actor, "incident.photos_added", incident, number=len(pictures))


def keep_photos(incident: Incident, user: User, pictures: Sequence[Drawn]) -> None:
    """Seal the photos in the caller's `files_with_rows`. Raises BadReportError where the report takes no more."""
    last = incident.photos.aggregate(last=Max("number"))["last"] or 0
    if last + len(pictures) > MOST_PHOTOS:
        raise BadReportError(_("A report takes at most %(most)s photos") % {"most": MOST_PHOTOS})
    now = timezone.now()
    Photo.objects.bulk_create(
        Photo(
            incident=incident,
            number=number,
            file=keep_file(incident.data_key, picture.content),
            media_type=picture.media_type,
            added_by=user,
            added_at=now,
        )
        for number, picture in enumerate(pictures, start=last + 1)
    )


@transaction.atomic
def open_photo(actor: Actor, incident_id: UUID, photo_id: UUID) -> tuple[Photo, bytes]:
    """A photo of a report in the actor's scope, for those who read its words; who looked is recorded.

    Raises Incident.DoesNotExist, Photo.DoesNotExist, VaultError.
    """
    if actor.role not in WORDS_READERS:
        raise Incident.DoesNotExist
    incident = scoped_incidents(actor).select_related("data_key", "triage_item").get(pk=incident_id)
    photo = Photo.objects.get(pk=photo_id, incident=incident)
    _log(actor, "incident.photo_opened", incident, photo=str(photo.pk))
    return photo, read_file(incident.data_key, photo.file)


def _log(actor: Actor, action: str, incident: Incident, **detail: object) -> None:
    record(
        action=action,
        actor_id=actor.user.pk,
        role=actor.role,
        obj=f"incident:{incident.pk}",
        pupil_id=incident.triage_item.pupil_id,
        detail=detail,
    )
