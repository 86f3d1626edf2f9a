from django.conf import settings
from django.db import models
from django.db.models import Q

from caseflow.records.models import Record
from caseflow.triage.enums import (
    DECIDED_ELSEWHERE,
    OPEN_STATES,
    Audience,
    DismissReason,
    ItemKind,
    ItemState,
)

BY_ITSELF = (ItemState.WITHDRAWN, ItemState.LAPSED)
NOBODYS = (*OPEN_STATES, *BY_ITSELF)


class TriageItem(Record):
    """Something new that waits for a human decision, and afterwards the proof of who decided what and when.

    `facts` holds numbers and codes for the wording that the item's room registered, never free text: words of people
    are sealed. `second_person` marks a cry for help: one person alone cannot dismiss it. An item whose data
    were wrong is withdrawn while nobody has decided, one whose time is over lapses; `corrected_at` says when the data
    under it were corrected.
    """

    kind = models.CharField(max_length=12, choices=ItemKind)
    audience = models.CharField(max_length=8, choices=Audience, default=Audience.SCHOOL)
    school = models.ForeignKey("directory.School", models.PROTECT, related_name="+")
    pupil = models.ForeignKey("directory.Pupil", models.PROTECT, null=True, related_name="triage_items")
    pupil_chosen = models.BooleanField(default=False, help_text="named by the decision, not by the source")
    title_code = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)
    words_key = models.ForeignKey("records.DataKey", models.PROTECT, related_name="+")
    words_sealed = models.BinaryField(default=bytes)
    quality = models.PositiveSmallIntegerField()
    quality_code = models.CharField(max_length=60, blank=True)
    ai_generated = models.BooleanField(default=False)
    model_label = models.CharField(max_length=120, blank=True)
    demo = models.BooleanField(default=False)
    second_person = models.BooleanField(default=False)
    psych_clock = models.ForeignKey("clocks.Clock", models.PROTECT, related_name="+")
    legal_clock = models.ForeignKey("clocks.Clock", models.PROTECT, null=True, related_name="+")
    due_at = models.DateTimeField()
    created_at = models.DateTimeField()

    state = models.CharField(max_length=16, choices=ItemState, default=ItemState.NEW)
    claimed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    claimed_until = models.DateTimeField(null=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField(null=True)
    proposed_role = models.CharField(max_length=20, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason_code = models.CharField(max_length=20, choices=DismissReason, blank=True)
    reason_sealed = models.BinaryField(default=bytes)
    confirmation_sealed = models.BinaryField(default=bytes)
    corrected_at = models.DateTimeField(null=True)
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="triage_items")

    class Meta:
        ordering = ("due_at", "created_at", "pk")
        indexes = (
            models.Index(fields=["school", "due_at"], condition=Q(state__in=OPEN_STATES), name="triage_queue"),
            models.Index(fields=["case"], name="triage_of_case"),
        )
        constraints = (
            models.CheckConstraint(condition=Q(quality__range=(1, 3)), name="triage_quality_1_to_3"),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_STATES, decided_at=None)
                | Q(state__in=BY_ITSELF, decided_at__isnull=False, decided_by=None)
                | (~Q(state__in=NOBODYS) & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="triage_decided_by_somebody",
            ),
            # Facts 1 and 3 of the rules: a report gets a legal assessment too, a mood signal never reaches the police,
            # and what a camera saw becomes a report by a human's answer alone.
            models.CheckConstraint(
                condition=Q(kind__in=(ItemKind.SIGNAL, ItemKind.DISTURBANCE), legal_clock=None)
                | Q(kind=ItemKind.INCIDENT, legal_clock__isnull=False),
                name="triage_legal_clock_of_reports",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.title_code} {self.state}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def decided_elsewhere(self) -> bool:
        """Whether its decision is an answer on the page of the room it came from."""
        return self.kind in DECIDED_ELSEWHERE

    @property
    def made_by(self) -> dict[str, str]:
        """How a chronology names the model that found it; nothing where no model did (rule 7)."""
        return {"model": self.model_label} if self.ai_generated else {}
