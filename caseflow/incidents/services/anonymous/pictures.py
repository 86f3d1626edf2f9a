"""Pictures that a reporter without a name sends, sealed with the report's key (rule 25)."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from caseflow.audit.services import record
from caseflow.directory.actors import Actor
from caseflow.incidents.models import ChannelMessage, Incident, Picture
from caseflow.incidents.rules import DECIDERS
from caseflow.incidents.rules.quarter import quarter_of
from caseflow.incidents.selectors.scope import scoped_incidents
from caseflow.incidents.services.pictures import Drawn
from caseflow.records.files import keep_file, read_file


def keep_pictures(incident: Incident, pictures: Iterable[Drawn], message: ChannelMessage | None = None) -> None:
    """Seal the pictures of a report or of a message, in the caller's `files_with_rows`."""
    shown_at = message.created_at if message else incident.created_at
    Picture.objects.bulk_create(
        Picture(
            channel=incident.channel,
            message=message,
            number=number,
            file=keep_file(incident.data_key, picture.content, dated=quarter_of(shown_at)),
            media_type=picture.media_type,
        )
        for number, picture in enumerate(pictures, start=1)
    )


@transaction.atomic
def open_picture(actor: Actor, incident_id: UUID, picture_id: UUID) -> tuple[Picture, bytes]:
    """A picture of a report in the actor's scope; that it was looked at is recorded.

    Raises Incident.DoesNotExist, Picture.DoesNotExist, VaultError.
    """
    if actor.role not in DECIDERS:
        raise Incident.DoesNotExist
    incident = scoped_incidents(actor).select_related("data_key", "triage_item").get(pk=incident_id)
    picture = Picture.objects.get(pk=picture_id, channel__incident=incident)
    record(
        action="incident.picture_opened",
        actor_id=actor.user.pk,
        role=actor.role,
        obj=f"incident:{incident.pk}",
        pupil_id=incident.triage_item.pupil_id,
        detail={"picture": str(picture.pk)},
    )
    return picture, read_file(incident.data_key, picture.file)
