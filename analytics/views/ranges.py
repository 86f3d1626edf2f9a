"""A part of a file, as browsers ask for it to jump within a video (RFC 9110, 14)."""

import re
from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse

from analytics.pipeline.evidence import MEDIA_TYPE

ONE_RANGE = re.compile(r"bytes=(\d{0,12})-(\d{0,12})", re.ASCII)


def part_of(content: bytes, media_type: str, asked: str, headers: Mapping[str, str]) -> HttpResponse:
    """The whole (200), the one range asked for (206), or that there is none (416). Several ranges get the whole."""
    told = {**headers, "Accept-Ranges": "bytes"}
    match = ONE_RANGE.fullmatch(asked)
    if match is None or match.group(0) == "bytes=-":
        return HttpResponse(content, content_type=media_type, headers=told)
    first, end = _bounds(match.group(1), match.group(2), len(content))
    if first >= end:
        return HttpResponse(status=416, headers={**told, "Content-Range": f"bytes */{len(content)}"})
    told["Content-Range"] = f"bytes {first}-{end - 1}/{len(content)}"
    return HttpResponse(content[first:end], status=206, content_type=media_type, headers=told)


def video(request: HttpRequest, content: bytes) -> HttpResponse:
    """A clip as a browser plays it; nothing keeps a copy."""
    headers = {"Content-Disposition": "inline", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return part_of(content, MEDIA_TYPE, request.headers.get("Range", ""), headers)


def starts_at_the_beginning(request: HttpRequest) -> bool:
    """Whether the request is for the beginning, and not for a later part of what was begun before."""
    match = ONE_RANGE.fullmatch(request.headers.get("Range", ""))
    return match is None or int(match.group(1) or -1) <= 0


def _bounds(first: str, last: str, length: int) -> tuple[int, int]:
    """From the first byte to after the last one. Without a first one the number is how many from the end."""
    if not first:
        return max(length - int(last), 0), length
    return int(first), min(int(last) + 1, length) if last else length
