from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """The roles of the access rules; a person acts in one at a time."""

    PSYCHOLOGIST = "psychologist", _("School psychologist")
    LEAD_PSYCHOLOGIST = "lead_psychologist", _("Lead psychologist")
    SOCIAL_PEDAGOGUE = "social_pedagogue", _("Social pedagogue")
    PRINCIPAL = "principal", _("Principal")
    DUTY_PERSON = "duty_person", _("Duty person")
    DRILL_OFFICER = "drill_officer", _("Drill officer")
    SCHOOL_ADMIN = "school_admin", _("School administrator")
    TEACHER = "teacher", _("Teacher")
    CLASS_TEACHER = "class_teacher", _("Class teacher")
    PUPIL = "pupil", _("Pupil")
    PARENT = "parent", _("Parent or legal representative")
    POLICE_OPERATOR = "police_operator", _("Police operator")
    AGENCY_OFFICER = "agency_officer", _("Agency officer")
    AGENCY_HEAD = "agency_head", _("Head of an agency")
    COUNCIL_CHAIR = "council_chair", _("Chair of the council")
    COUNCIL_MEMBER = "council_member", _("Member of the council")
    PROSECUTOR = "prosecutor", _("Prosecutor")
    ANALYST = "analyst", _("Education analyst")
    SYSTEM_ADMIN = "system_admin", _("System administrator")
    DPO = "dpo", _("Data protection officer")


class AgencyKind(models.TextChoices):
    POLICE = "police", _("Police")
    PROSECUTION = "prosecution", _("Prosecutor's office")
    HEALTH = "health", _("Health care")
    GUARDIANSHIP = "guardianship", _("Guardianship authority")
    EDUCATION = "education", _("Education department")
    AKIMAT = "akimat", _("Akimat")
    COURT = "court", _("Court")
    NGO = "ngo", _("Non-governmental organisation")


class KeyKind(models.IntegerChoices):
    """By what a name is found: how it sounds, or what is left of it after a typing error. See `rules.spelling`."""

    SOUND = 1
    ERROR = 2


class Relation(models.TextChoices):
    MOTHER = "mother", _("mother")
    FATHER = "father", _("father")
    GUARDIAN = "guardian", _("guardian")
    TRUSTEE = "trustee", _("trustee")
    OTHER = "other", _("other legal representative")


class Sex(models.TextChoices):
    FEMALE = "f", _("female")
    MALE = "m", _("male")


class CameraPurpose(models.TextChoices):
    CLASSROOM = "classroom", _("Classroom")
    CORRIDOR = "corridor", _("Corridor or yard")


class Weekday(models.IntegerChoices):
    """Days as `date.isoweekday` counts them."""

    MONDAY = 1, _("Monday")
    TUESDAY = 2, _("Tuesday")
    WEDNESDAY = 3, _("Wednesday")
    THURSDAY = 4, _("Thursday")
    FRIDAY = 5, _("Friday")
    SATURDAY = 6, _("Saturday")
    SUNDAY = 7, _("Sunday")
