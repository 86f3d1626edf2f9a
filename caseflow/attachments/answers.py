"""How a file is answered to a browser or a program that asks for it."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

# What a file is shown with: no page of it runs, asks for or submits anything, in whatever way it is opened.
SHUT = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def as_download(name: str, content: bytes) -> HttpResponse:
    """An answer that a browser saves under that name."""
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    headers = {**SHUT, "Content-Disposition": disposition}
    return HttpResponse(content, content_type="application/octet-stream", headers=headers)
