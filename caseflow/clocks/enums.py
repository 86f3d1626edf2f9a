from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Unit(models.TextChoices):
    SECONDS = "seconds", _("seconds")
    MINUTES = "minutes", _("minutes")
    HOURS = "hours", _("hours")
    DAYS = "days", _("days")


class Basis(models.TextChoices):
    """What time counts: all of it, working time of an office, or working time of a school in session."""

    WALL = "wall", _("wall time")
    WORKING = "working", _("working days")
    SCHOOL = "school", _("school days")


class ClockState(models.TextChoices):
    RUNNING = "running", _("running")
    PAUSED = "paused", _("paused")
    SOON = "soon", _("due soon")
    LATE = "late", _("overdue")
    DONE = "done", _("done")
    NOT_APPLICABLE = "na", _("not required")


class Rung(models.IntegerChoices):
    """Who is rung first, and who when nobody answers."""

    SCHOOL = 0, _("school")
    DISTRICT = 1, _("district")
    REGION = 2, _("region")


class Level(models.TextChoices):
    """Where those who are told of a missed deadline work; the owner is whoever has it, wherever that is."""

    OWNER = "owner", _("whoever has it")
    SCHOOL = "school", _("school")
    DISTRICT = "district", _("district")
    REGION = "region", _("region")
    AGENCY = "agency", _("agency")
    AGENCY_ABOVE = "agency_above", _("agency of the region")


class ChangeKind(models.TextChoices):
    """What somebody did to a running clock."""

    PAUSED = "paused", _("paused")
    RESUMED = "resumed", _("runs again")
    EXTENDED = "extended", _("extended")


class AwayReason(models.TextChoices):
    """Why somebody is away, as far as others need to know it: never an illness."""

    NOT_SAID = "", _("not said")
    LEAVE = "leave", _("leave")
    TRIP = "trip", _("business trip")
    TRAINING = "training", _("training")


class Outcome(models.TextChoices):
    """What came of a duty with a deadline; every one has exactly one of these."""

    IN_TIME = "in_time", _("in time")
    LATE = "late", pgettext_lazy("duty", "late")
    MISSING = "missing", _("missing, the deadline is past")
    WAITING = "waiting", _("not due yet")
