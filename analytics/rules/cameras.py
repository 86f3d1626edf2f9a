"""How a camera is held by the process that watches it, and the words for what is wrong with it."""

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

LEASE: Final = timedelta(seconds=12)
TELL_EVERY: Final = timedelta(seconds=4)  # at once where anything changes, else only that it is still so
LOOK_EVERY_S: Final = 0.5
LEAST_LEFT_S: Final = 60.0  # of a lesson, to begin with it: less than six windows say nothing

TROUBLES: "dict[str, StrPromise]" = {
    "bad_camera_address": _("Its address cannot be read. Enter it again, as rtsp://name:password@10.1.2.3:554/stream."),
    "camera_elsewhere": _("Its address lies outside of the ranges that this installation calls."),
    "camera_unreachable": _(
        "Nobody answers at its address: it is without current, unplugged or was given another one."
    ),
    "camera_refuses": _("It refuses: another name or password, or another stream."),
    "camera_redirects": _("It sends us to another address. That is never followed: enter the address itself."),
    "camera_speaks_oddly": _("What answers there does not speak RTSP."),
    "camera_silent": _("It answers and sends no picture."),
    "camera_gone": _("It closed the connection."),
    "unsupported_codec": _("It sends neither H.264 nor H.265. Set it to H.264."),
    "folder_missing": _("Its folder is not there."),
    "folder_closed": _("Its folder may not be read, or what lies in it may not be taken away."),
    "no_space": _("There is not enough free space on the server. Tell the administrator; nothing was lost."),
    "frame_too_large": _("Its picture is larger than 4096 by 2304 points. Choose its second stream."),
}
OTHERWISE: "StrPromise" = _("Its picture cannot be read. It is called again and again.")


def trouble_text(code: str) -> "StrPromise":
    """What ended the pictures, and what to do."""
    return TROUBLES.get(code, OTHERWISE)
