"""How the acts of this room read in the access log."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from analytics.enums import ClipAct, RunState

ACTIONS = {
    "run.requested": _("Asked for the analysis of a lesson"),
    **{f"run.{state}": format_lazy("{}: {}", _("Analysis of a lesson"), state.label) for state in RunState},
    **{f"clip.{act}": format_lazy("{}: {}", _("Clip"), act.label) for act in ClipAct},
    "video.upload_begun": _("Began to upload a video"),
    "video.taken_in": _("Took in a video that a recorder left"),
    "video.removed": _("Removed a video"),
    "seat_plan.still": _("Uploaded a picture for a seat plan"),
    "seat_plan.saved": _("Saved a seat plan"),
    "seats.confirmed": _("Confirmed who sits where"),
    "camera.linked": _("Changed where the pictures of a camera come from"),
    "mood.switched": _("Turned the switch of the mood analysis"),
    "disturbance.switched": _("Turned the switch of unusual motion"),
    "mood.erased": _("Erased values of the mood analysis"),
    "card.completed": _("Completed the card of a model"),
    "model.installed": _("Installed a model pack"),
    "model.removed": _("Removed a model pack"),
    "model.chosen": _("Chose the model pack that analyses"),
    "card.evaluated": _("Evaluated a model on labelled faces"),
}
