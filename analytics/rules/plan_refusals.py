"""Why a still or a drawing of seats was refused: one sentence each that says what to do."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from analytics.pipeline.geometry import OutlineProblem

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

TEXTS: "dict[str, StrPromise]" = {
    "empty_file": _("The file is empty. Choose another one."),
    "not_a_picture": _("This is not a picture. Choose a JPEG, PNG or WebP file."),
    "too_heavy": _("The picture is larger than 15 MB. Export it as JPEG."),
    "too_large": _("The picture is larger than can be analysed. Export it with at most 4096 by 2304 points."),
    "too_small": _("The picture is too small to draw on. Take a still with at least 320 by 180 points."),
    "face_found": _("A face was found in this picture, so the room is not empty. Have it blurred as a whole instead."),
    "model_missing": _("Nothing can look for faces on this server, so only a picture blurred as a whole is accepted."),
    "no_still": _("Upload a still of the room first."),
    "still_gone": _("The still was replaced while you were drawing. Your drawing is kept; load the page again."),
    "no_seats": _("Draw at least one seat."),
    "too_many_seats": _("A plan holds at most 80 seats."),
    "malformed": _("The drawing could not be read. It is kept in your browser; load the page again."),
}

SEAT_TEXTS: "dict[str, StrPromise]" = {
    OutlineProblem.TOO_FEW_POINTS: _("A seat needs at least three different points."),
    OutlineProblem.OUTSIDE_FRAME: _("A point lies outside of the picture. Move it back."),
    OutlineProblem.NO_AREA: _("The seat is too small. Draw it around head and shoulders."),
    OutlineProblem.CROSSES_ITSELF: _("The outline crosses itself. Move a point so that no lines cross."),
    "too_many_points": _("A seat has at most 40 points."),
    "no_label": _("Give the seat a name of at most 20 letters."),
    "label_twice": _("Two seats have this name. Change one."),
    "pupil_twice": _("This pupil has two seats. Delete one or give it to somebody else."),
    "not_in_class": _("This pupil is not in the class. Choose another one."),
    "face_height": _("The height of the face must lie between 1 point and the height of the picture."),
}


class PlanRefusedError(Exception):
    """A still or a drawing was refused for the reason `code`; `text` is for the person."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    @property
    def text(self) -> str:
        return str(TEXTS[self.code])


@dataclass(frozen=True, slots=True)
class SeatProblem:
    """What is wrong with the seat at that place of the drawing."""

    index: int
    label: str
    code: str

    @property
    def text(self) -> str:
        said = {"seat": self.label or str(self.index + 1), "problem": SEAT_TEXTS[self.code]}
        return gettext("Seat %(seat)s: %(problem)s") % said


class InvalidDrawingError(Exception):
    """Seats that cannot be saved; nothing was."""

    def __init__(self, problems: tuple[SeatProblem, ...]) -> None:
        super().__init__(", ".join(f"{each.label}: {each.code}" for each in problems))
        self.problems = problems
