"""Pictures that people send, drawn anew (rule 25): the same code that the locked-down child runs on larger files."""

from lockdown.files.pictures import MAX_PIXELS, MEDIA_TYPES, SCANS, UnreadablePictureError, redrawn

__all__ = ["MAX_PIXELS", "MEDIA_TYPES", "SCANS", "UnreadablePictureError", "redrawn"]
