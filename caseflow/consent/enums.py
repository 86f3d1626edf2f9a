from django.db import models
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    """What a consent is for. Purposes are separate, none follows from another (rule 8)."""

    MOOD_ANALYSIS = "mood_analysis", _("Mood analysis in lessons")
    ROUTINE_SCREENING = "routine_screening", _("Routine screening")
    AGENCY_SHARING = "agency_sharing", _("Sharing with named agencies")
    PSYCHOLOGICAL_SUPPORT = "psychological_support", _("Psychologist's support")

    @property
    def optional(self) -> bool:
        """Whether any guardian's refusal wins (rule 8)."""
        return self in OPTIONAL


OPTIONAL = frozenset({Purpose.MOOD_ANALYSIS, Purpose.ROUTINE_SCREENING, Purpose.AGENCY_SHARING})
CLOSED_BY_DISSENT = frozenset({Purpose.MOOD_ANALYSIS, Purpose.ROUTINE_SCREENING})  # rule 10
CLOSED_BY_EXCLUDED = frozenset({Purpose.MOOD_ANALYSIS})  # rule 10: by the refusal of an excluded guardian


class EventKind(models.TextChoices):
    """What the ledger can say. A paper consent and an exclusion take effect when a second person has approved."""

    GIVEN = "given", _("given")
    WITHDRAWN = "withdrawn", _("withdrawn")
    REFUSED = "refused", _("refused")
    DISSENT = "dissent", _("the pupil dissents")
    DISSENT_LIFTED = "dissent_lifted", _("the pupil's dissent was lifted")
    PAPER_ENTERED = "paper_entered", _("on paper, waits for the second checker")
    PAPER_CONFIRMED = "paper_confirmed", _("on paper, confirmed")
    PAPER_REJECTED = "paper_rejected", _("on paper, sent back by the second checker")
    EXCLUSION_PROPOSED = "exclusion_proposed", _("exclusion of a guardian waits for approval")
    GUARDIAN_EXCLUDED = "guardian_excluded", _("guardian excluded")
    EXCLUSION_REJECTED = "exclusion_rejected", _("exclusion of a guardian not approved")
    GUARDIAN_READMITTED = "guardian_readmitted", _("guardian no longer excluded")
    GUARDIANSHIP_ENDED = "guardianship_ended", _("guardianship ended by the office")
    GUARDIANSHIP_RESUMED = "guardianship_resumed", _("guardianship taken up again")


GIVING = frozenset({EventKind.GIVEN, EventKind.PAPER_CONFIRMED})
REFUSING = frozenset({EventKind.WITHDRAWN, EventKind.REFUSED})
EXCLUDING = frozenset({EventKind.GUARDIAN_EXCLUDED, EventKind.GUARDIAN_READMITTED})


class Channel(models.TextChoices):
    PORTAL = "portal", _("in the portal")
    PAPER = "paper", _("on paper")
    SPOKEN = "spoken", _("told to the psychologist")
    OFFICE = "office", _("in the office")


class TextStatus(models.TextChoices):
    AWAITING_LAWYER = "awaiting_lawyer", _("to be confirmed by a lawyer")
    CONFIRMED = "confirmed", _("confirmed by a lawyer")
