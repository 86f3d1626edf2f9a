from analytics.services.clips.adding import add_clip, begin_clip_upload
from analytics.services.clips.ending import end_clips, remove_clip
from analytics.services.clips.making import make_clip, sweep_clips
from analytics.services.clips.opening import open_covered, open_sharp, sharpen

__all__ = [
    "add_clip",
    "begin_clip_upload",
    "end_clips",
    "make_clip",
    "open_covered",
    "open_sharp",
    "remove_clip",
    "sharpen",
    "sweep_clips",
]
