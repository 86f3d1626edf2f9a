"""Clips of incidents for tests, made the way the product makes them. Everything is invented."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import av
from django.utils import timezone

from analytics.enums import ClipState, UploadPurpose, UploadState
from analytics.models import IncidentClip, Upload
from analytics.pipeline.clips import Clip, person_at, place_in_rows, render_clip
from analytics.services.clips import add_clip, begin_clip_upload
from analytics.services.files import create_empty
from analytics.services.uploads import append
from caseflow.directory.actors import Actor
from caseflow.incidents.models import Incident
from caseflow.records.files import files_with_rows, keep_file

REASON = "Видно, кто кого толкнул у раздевалки"
PLACES = place_in_rows(columns=3, rows=1, face_height_share=0.18)
WIDTH, HEIGHT = 480, 270
MADE = b"\x1a\x45\xdf\xa3 covered"


def film(*, moving: tuple[int, ...] = (0,), duration_s: float = 2, fps: int = 10, **facts: Any) -> bytes:
    """A film of three people, of whom those at the places `moving` sway and the others sit still."""
    people = tuple(
        replace(person_at(place, number), sway_share=0.2 if number in moving else 0.0)
        for number, place in enumerate(PLACES)
    )
    clip = Clip(places=PLACES, people=people, width_px=WIDTH, height_px=HEIGHT, fps=fps, duration_s=duration_s, **facts)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "film.mp4"
        render_clip(path, clip)
        return path.read_bytes()


def with_sound(content: bytes) -> bytes:
    """The film with a second stream, of sound, and with a place and a device in its metadata."""
    out = BytesIO()
    with av.open(BytesIO(content), "r") as given, av.open(out, "w", format="mp4") as made:
        made.metadata.update({"title": "Камера Иванова", "location": "+43.2565+076.9285/"})
        picture = made.add_stream_from_template(given.streams.video[0])
        voice = made.add_stream("aac", rate=16000)
        for packet in given.demux(video=0):
            if packet.dts is not None:
                packet.stream = picture
                made.mux(packet)
        silence = av.AudioFrame(format="fltp", layout="mono", samples=1024)
        silence.sample_rate = 16000
        for plane in silence.planes:
            plane.update(bytes(plane.buffer_size))
        made.mux(voice.encode(silence))
        made.mux(voice.encode(None))
    return out.getvalue()


def uploaded_for(who: Actor, incident: Incident, content: bytes) -> Upload:
    """A video that is all there, sent in one piece."""
    upload = begin_clip_upload(who, incident.pk, length=len(content), file_name="VID_0001.mp4")
    return append(who, upload.pk, offset=0, body=BytesIO(content), size=len(content))


def waiting_clip(who: Actor, incident: Incident, content: bytes) -> IncidentClip:
    """A clip that waits to be made of this film."""
    return add_clip(who, incident.pk, uploaded_for(who, incident, content).pk, REASON)


def clip_upload(who: Actor, incident: Incident) -> Upload:
    """A video of somebody that is all there, without a look at whether they may send one."""
    upload = Upload.objects.create(
        school=incident.school,
        owner=who.user,
        purpose=UploadPurpose.CLIP,
        incident=incident,
        length=1,
        received=1,
        state=UploadState.RECEIVED,
        expires_at=timezone.now() + timedelta(hours=24),
    )
    create_empty(upload.pk)
    return upload


def ready_clip(who: Actor, incident: Incident) -> IncidentClip:
    """A clip with something in its files, not drawn from any film: for what only opens or ends it."""
    clip = add_clip(who, incident.pk, clip_upload(who, incident).pk, REASON)
    assert clip.key
    with files_with_rows():
        clip.covered_file, clip.sharp_file = (keep_file(clip.key, MADE) for _ in range(2))
        clip.state = ClipState.READY
        clip.save()
    return clip
