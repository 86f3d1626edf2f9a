from django.db import models
from django.utils.translation import gettext_lazy as _


class Holder(models.TextChoices):
    """In whose hands a device is; all an operator learns of an anonymous press."""

    PUPIL = "pupil", _("Pupil")
    STAFF = "staff", _("Staff of the school")
    BUTTON = "button", _("Fixed button")


class ButtonState(models.TextChoices):
    """How well a fixed button is, the worst first."""

    SILENT = "silent", _("Silent")
    NEVER_HEARD = "never_heard", _("Never heard")
    LOW_BATTERY = "low_battery", _("Low battery")
    WRONG_CLOCK = "wrong_clock", _("Wrong clock")
    WELL = "well", _("Works")


class DrillState(models.TextChoices):
    """How far a drill is."""

    PLANNED = "planned", _("Planned")
    DUE = "due", _("To be held now")
    ARMED = "armed", _("Armed")
    PRESSED = "pressed", _("Pressed, not accepted")
    HELD = "held", _("Held")
    REAL = "real", _("Became real")


class Spot(models.TextChoices):
    """Where one can be in a school that has no number."""

    CORRIDOR = "corridor", _("Corridor")
    STAIRS = "stairs", _("Stairs")
    TOILET = "toilet", _("Toilet")
    ENTRANCE = "entrance", _("Entrance")
    CANTEEN = "canteen", _("Canteen")
    GYM = "gym", _("Gym")
    YARD = "yard", _("Yard")


class AlarmState(models.TextChoices):
    """How far the police are. Delivery is a time beside it, because a press can be accepted before a screen says so."""

    WAITING = "waiting", _("Not accepted")
    ACCEPTED = "accepted", _("Accepted")
    DISPATCHED = "dispatched", _("Patrol on its way")
    ARRIVED = "arrived", _("Patrol has arrived")
    CLOSED = "closed", _("Closed")


class Step(models.TextChoices):
    """What is logged of an alarm, each with the server's time (rule 20)."""

    PRESSED = "pressed", _("Pressed")
    DELIVERED = "delivered", _("Delivered")
    ACCEPTED = "accepted", _("Accepted")
    CLASSIFIED = "classified", _("Classified")
    DISPATCHED = "dispatched", _("Patrol sent")
    ARRIVED = "arrived", _("Patrol arrived")
    CLOSED = "closed", _("Closed")
    PRESSED_AGAIN = "pressed_again", _("Pressed again")
    RUNG = "rung", _("Next centre called")
    HANDED_OVER = "handed_over", _("Handed over")
    STILL_NEEDED = "still_needed", _("Help is still needed")
    NO_LONGER_NEEDED = "no_longer_needed", _("Help is no longer needed")
    TURNED_REAL = "turned_real", _("The drill became real")


class Finding(models.TextChoices):
    """What it turned out to be; a person says so before an alarm is closed."""

    FIGHT = "fight", _("Fight")
    ATTACK = "attack", _("Attack on a person")
    WEAPON = "weapon", _("Weapon")
    INTRUDER = "intruder", _("Stranger in the building")
    UNWELL = "unwell", _("Somebody is unwell")
    SELF_HARM = "self_harm", _("Danger to oneself")
    OTHER = "other", _("Something else")
    MISTAKE = "mistake", _("Pressed by mistake")
    DRILL = "drill", _("Drill")


# Of what a school sent and nobody pressed.
NOTICE_FINDINGS = tuple(finding for finding in Finding if finding not in (Finding.DRILL, Finding.MISTAKE))
OFFERED_FINDINGS = tuple(finding for finding in Finding if finding != Finding.DRILL)  # a drill says so by itself


class Word(models.TextChoices):
    """What the presser can say without typing, silently."""

    INJURED = "injured", _("Somebody is injured")
    WEAPON = "weapon", _("There is a weapon")
    LOCKED_IN = "locked_in", _("We have locked ourselves in")
    SAFE_NOW = "safe_now", _("It is safe now")
    MISTAKE = "mistake", _("Pressed by mistake")


class Voice(models.TextChoices):
    """Who speaks in the chat of an alarm."""

    PRESSER = "presser", _("Who pressed")
    SCHOOL = "school", _("School")
    POLICE = "police", _("Police")
