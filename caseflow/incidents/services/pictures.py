"""Pictures as they arrive with a report: few, of three kinds by their content, drawn anew (rule 25)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caseflow.incidents.services.checking import BadReportError
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
