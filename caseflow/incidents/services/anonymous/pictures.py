"""Pictures that a reporter sends: few, drawn anew, sealed with the report's key (rule 25)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caseflow.audit.services import record
from caseflow.directory.actors import Actor
from caseflow.incidents.models import ChannelMessage, Incident, Picture
from caseflow.incidents.rules import DECIDERS
from caseflow.incidents.rules.quarter import quarter_of
from caseflow.incidents.selectors.scope import scoped_incidents
from caseflow.incidents.services.checking import BadReportError
from caseflow.records.files import keep_file, read_file
from caseflow.records.pictures import UnreadablePictureError, redrawn
from caseflow.records.received import JPEG, PNG, TooLargeError, WrongTypeError, is_webp, read_received

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

MOST_PICTURES = 3
MOST_BYTES = 5 * 1024**2


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture drawn anew: nothing of the camera is in it."""

    content: bytes
    media_type: str


def drawn(uploads: "Sequence[UploadedFile[Any]]") -> list[Drawn]:
    """The pictures of a form. Raises BadReportError for what is none, for too many and for too large ones."""
    if len(uploads) > MOST_PICTURES:
        text = ngettext("Send %(most)s picture at a time", "Send at most %(most)s pictures at a time", MOST_PICTURES)
        raise BadReportError(text % {"most": MOST_PICTURES})
    return [_drawn(upload) for upload in uploads]


def those_readable(uploads: "Iterable[UploadedFile[Any]]") -> list[Drawn]:
    """As `drawn`, but what cannot be taken is left out: in danger nothing is refused."""
    found = []
    for upload in list(uploads)[:MOST_PICTURES]:
        try:
            found.append(_drawn(upload))
        except BadReportError:
            continue
    return found


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


def _drawn(upload: "UploadedFile[Any]") -> Drawn:
    try:
        return Drawn(*redrawn(read_received(upload, most=MOST_BYTES, fits=_is_picture)))
    except TooLargeError as error:
        text = _("A picture is too large. Each may have %(most)s MB.")
        raise BadReportError(text % {"most": MOST_BYTES // 1024**2}) from error
    except (WrongTypeError, UnreadablePictureError) as error:
        text = _("Only pictures can be sent (JPEG, PNG, WebP). Keep a recording, and write what is on it.")
        raise BadReportError(text) from error


def _is_picture(beginning: bytes) -> bool:
    return beginning.startswith((JPEG, PNG)) or is_webp(beginning)
