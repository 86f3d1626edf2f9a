"""The poster of a school: the numbers to call first, then the address as a QR code and to be typed."""

from base64 import b64encode
from io import BytesIO
from typing import Any

import segno
from django.conf import settings
from django.utils.translation import gettext, override

from caseflow.documents.pdf import render_pdf
from caseflow.incidents.models import SchoolLink

POSTER_LANGUAGES = ("kk", "ru")  # the Law on Languages: the state language first, both alike


def qr_image(address: str) -> str:
    """The same as the source of an image on a page."""
    return f"data:image/svg+xml;base64,{b64encode(qr_svg(address).encode()).decode()}"


def qr_svg(address: str) -> str:
    """The address as a QR code (ISO/IEC 18004, a quarter of it may be torn), dark on white in any theme."""
    out = BytesIO()
    segno.make(address, error="q", micro=False).save(out, kind="svg", border=4, light="#fff", xmldecl=False)
    return out.getvalue().decode()


def poster_pdf(link: SchoolLink, address: str) -> bytes:
    """The poster as a PDF of one page; the same address has the same bytes."""
    data = {
        "qr": qr_svg(address),
        "address": address.partition("://")[2],
        "parts": [_part(language, link) for language in POSTER_LANGUAGES],
    }
    return render_pdf("incidents/anonymous/poster.typ", data, made_at_epoch_s=int(link.made_at.timestamp()))


def _part(language: str, link: SchoolLink) -> dict[str, Any]:
    with override(language):
        return {
            "language": language,
            "school": link.school.names[language],
            "demo": gettext("All names and events are invented") if settings.DEMO else "",
            "danger": gettext("In danger now? Call"),
            "help": gettext("Help for children and families, free, day and night"),
            "rescue": gettext("Police, ambulance, rescue"),
            "title": gettext("Has something bad happened?"),
            "tell": gettext("Tell it without giving your name. Nobody learns which phone you write from."),
            "who": gettext("The psychologist reads it and answers. A report about an employee is read by nobody here."),
            "scan": gettext("Point the phone's camera at the square, or type:"),
            "alt": gettext("QR code of the address"),
        }
