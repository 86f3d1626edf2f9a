from django.db import models
from django.utils.translation import gettext_lazy as _


class Feature(models.TextChoices):
    """What has a switch of its own."""

    MOOD = "mood", _("Mood analysis")
    DISTURBANCE = "disturbance", _("Unusual motion before cameras")


class Mode(models.TextChoices):
    """How far a feature is switched on for a school; shipped off."""

    OFF = "off", _("Off")
    SHADOW = "shadow", _("Shadow")
    ACTIVE = "active", _("Active")


class StillKind(models.TextChoices):
    EMPTY_ROOM = "empty_room", _("Empty room")
    BLURRED = "blurred", _("Blurred as a whole")


class Presence(models.TextChoices):
    """What the teacher said about a seat; only `present` opens it."""

    PRESENT = "present", _("Present")
    ABSENT = "absent", _("Absent")
    OTHER_PERSON = "other_person", _("Somebody else sits here")
    UNSURE = "unsure", _("Not sure")


class UploadState(models.TextChoices):
    RECEIVING = "receiving", _("Receiving")
    RECEIVED = "received", _("Received")
    CHECKED = "checked", _("Checked, waits for its lesson")
    USED = "used", _("Handed to an analysis")
    REFUSED = "refused", _("Refused")
    REMOVED = "removed", _("Removed")


class UploadPurpose(models.TextChoices):
    LESSON = "lesson", _("Lesson")
    CLIP = "clip", _("Clip of an incident")


class ClipState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    MAKING = "making", _("Being made")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Failed")
    ENDED = "ended", _("Removed")


class ClipAct(models.TextChoices):
    """What is said in the viewer log of a clip."""

    ADDED = "added", _("Added")
    LOOKED = "looked", _("Looked at it, pixelated")
    ASKED = "asked", _("Asked to see it not pixelated")
    SHARPENED = "sharpened", _("Looked at it, not pixelated")
    REMOVED = "removed", _("Removed")
    EXPIRED = "expired", _("Removed when its time was over")
    ANSWERED = "answered", _("Said what it shows")
    SENT = "sent", _("Sent to the police centre")
    GAVE_WAY = "gave_way", _("Removed unseen for a stronger one")


class DisturbanceAnswer(models.TextChoices):
    """What a human saw in a clip, always in this order and with these numbers: 1, 2, 3. One clip can only be possible
    bullying (rule 13)."""

    ORDINARY = "ordinary", _("Ordinary interaction")
    BULLYING = "bullying", _("Possible bullying")
    FIGHT = "fight", _("Fight")


class RunState(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    PARTIAL = "partial", _("Done in part")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")
    QUARANTINED = "quarantined", _("Set aside")


class SeriesState(models.TextChoices):
    COLLECTING = "collecting", _("Collecting the usual range")
    WATCHING = "watching", _("Watching")
    CROSSED = "crossed", _("Crossed, waits for a decision")
    ENDED = "ended", _("Ended")


class RiskClass(models.TextChoices):
    """Degrees of risk of the Law on Artificial Intelligence, 230-VIII."""

    MINIMAL = "minimal", _("Minimal risk")
    MEDIUM = "medium", _("Medium risk")
    HIGH = "high", _("High risk")


class Autonomy(models.TextChoices):
    ASSISTS = "assists", _("Assists: a human decides")
    PARTIAL = "partial", _("Acts in part on its own")
    FULL = "full", _("Acts on its own")


class CameraSource(models.TextChoices):
    """How pictures come in without a hand."""

    STREAM = "stream", _("Live, over RTSP")
    FOLDER = "folder", _("Files that a recorder leaves in a folder")


class CameraCondition(models.TextChoices):
    """As `analytics.pipeline.cameras.keeping.Condition`; neither blind nor frozen ever counts as calm."""

    CALLING = "calling", _("Being called")
    SEEING = "seeing", _("Sees")
    FROZEN = "frozen", _("Frozen picture")
    BLIND = "blind", _("Blind")


class CameraState(models.TextChoices):
    """How a camera of the register is, as it is shown."""

    BY_HAND = "by_hand", _("Files are uploaded by hand")
    OFF = "off", _("Not watched: switched off")
    UNWATCHED = "unwatched", _("Nobody watches it at this moment")
    CALLING = "calling", _("Being called")
    SEEING = "seeing", _("Sees")
    FROZEN = "frozen", _("Frozen picture")
    BLIND = "blind", _("Blind")


class PackState(models.TextChoices):
    """What a model pack does, or why it may not; the order is that of lists."""

    ANALYSES = "analyses", _("Analyses lessons")
    SECOND = "second", _("Gives a second opinion")
    READY = "ready", _("Ready")
    OVERDUE = "overdue", _("Its review is overdue")
    DRAFT = "draft", _("Draft")


class ClimateSpan(models.TextChoices):
    """What a class's heat-map shows. Windows of lessons are kept 30 days, values of days the whole school year."""

    LESSONS = "lessons", _("Lessons, last 30 days")
    WEEKS = "weeks", _("Weekdays, last 12 weeks")
    YEAR = "year", _("Weekdays, this school year")


class ClimateLevel(models.IntegerChoices):
    """Negative expression of a class as a whole against what its pupils usually show."""

    FAR_BELOW = -2, _("Far below")
    BELOW = -1, _("Below")
    USUAL = 0, _("As usual")
    ABOVE = 1, _("Above")
    FAR_ABOVE = 2, _("Far above")


class ClimateBreak(models.TextChoices):
    """Why the weeks from one on are not compared with those before it."""

    SEATS = "seats", _("new seat plan")
    MODEL = "model", _("new model")
