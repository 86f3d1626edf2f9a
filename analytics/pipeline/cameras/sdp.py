"""What a camera says it sends (RFC 8866), as far as it is used: the first video stream in a coding that is known."""

import base64
import binascii
import re
from dataclasses import dataclass
from typing import Final

from analytics.pipeline.cameras.rtp import START_CODE, Coding
from analytics.pipeline.errors import CameraSpeaksOddly, UnsupportedCodec

RATES: Final = range(1, 1_000_000)  # ticks a second
PARAMETERS: Final = ("sprop-parameter-sets", "sprop-vps", "sprop-sps", "sprop-pps")
_RTPMAP: Final = re.compile(r"rtpmap:(\d{1,3}) ([A-Za-z0-9-]+)/(\d{1,7})")


@dataclass(frozen=True, slots=True)
class VideoTrack:
    """`control` is the address the stream is set up by, as the camera wrote it; `parameters` are those that it sends
    ahead (Annex B), maybe none; `ticks_a_second` is the clock of its time stamps."""

    payload_type: int
    coding: Coding
    ticks_a_second: int
    control: str
    parameters: bytes


def parse_sdp(text: str) -> VideoTrack:
    """Raises CameraSpeaksOddly without any video, UnsupportedCodec where it is none of ours."""
    media = [part for part in re.split(r"(?m)^m=", text)[1:] if part.startswith("video ")]
    if not media:
        raise CameraSpeaksOddly("no video in its description")
    for part in media:
        attributes = [line[2:].strip() for line in part.splitlines() if line.startswith("a=")]
        track = _track(attributes)
        if track is not None:
            return track
    raise UnsupportedCodec


def _track(attributes: list[str]) -> VideoTrack | None:
    for attribute in attributes:
        found = _RTPMAP.match(attribute)
        if found and found[2].lower() in set(Coding) and int(found[3]) in RATES:
            control = next((a.removeprefix("control:") for a in attributes if a.startswith("control:")), "")
            return VideoTrack(
                int(found[1]), Coding(found[2].lower()), int(found[3]), control, _parameters(attributes, found[1])
            )
    return None


def _parameters(attributes: list[str], payload_type: str) -> bytes:
    """Unreadable ones are left out: most cameras send them again with each keyframe."""
    formats = next((a for a in attributes if a.startswith(f"fmtp:{payload_type} ")), "").partition(" ")[2]
    said = dict(part.strip().partition("=")[::2] for part in formats.split(";"))
    units = [unit for name in PARAMETERS for unit in said.get(name, "").split(",") if unit]
    content = b""
    for unit in units:
        try:
            content += START_CODE + base64.b64decode(unit, validate=True)
        except binascii.Error:
            continue
    return content
