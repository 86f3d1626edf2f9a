from django.db import models
from django.db.models import Q

from analytics.enums import Mode, SeriesState
from analytics.models.plans import Seat
from analytics.models.switches import ModelCard
from caseflow.directory.models import Camera, Pupil
from caseflow.records.models import Record
from caseflow.triage.models import TriageItem


class Series(Record):
    """Days that may be compared: one pupil, one seat geometry, one camera, one model version, one way of counting.

    `class_median` says whether the class median is subtracted; it is fixed when the series begins. A decision about
    its signal ends a series, and the next day begins another with a baseline of its own. The gate is asked for
    `first_frame_at`: what was open from then until now was open for every later frame as well.
    """

    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="mood_series")
    seat_hash = models.CharField(max_length=64)
    camera = models.ForeignKey(Camera, models.PROTECT, related_name="+")
    card = models.ForeignKey(ModelCard, models.PROTECT, related_name="series")
    class_median = models.BooleanField()
    baseline_from = models.DateField()
    first_frame_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=SeriesState, default=SeriesState.COLLECTING)
    demo = models.BooleanField(default=False)

    class Meta:
        ordering = ("-baseline_from",)
        verbose_name_plural = "series"
        constraints = (
            models.UniqueConstraint(
                fields=["pupil", "seat_hash", "camera", "card"],
                condition=~Q(state=SeriesState.ENDED),
                name="one_open_series",
            ),
        )

    def __str__(self) -> str:
        return f"{self.pupil_id} {self.baseline_from}"


class DayValue(models.Model):
    """One pupil on one day: `value` = logit(p_neg) - logit(p_pos) of the day's means, minus the class median where so.

    `low` and `high` are the lowest and the highest lesson of the day, counted the same way. `value` is empty on days
    without enough windows or lessons: that is "insufficient data", never "calm".
    """

    series = models.ForeignKey(Series, models.CASCADE, related_name="days")
    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="+")
    date = models.DateField()
    value = models.FloatField(null=True, blank=True)
    low = models.FloatField(null=True, blank=True)
    high = models.FloatField(null=True, blank=True)
    p_neg = models.FloatField(null=True, blank=True)
    p_pos = models.FloatField(null=True, blank=True)
    windows = models.PositiveIntegerField()
    lessons = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("series", "date")
        constraints = (models.UniqueConstraint(fields=["series", "date"], name="one_value_per_day"),)

    def __str__(self) -> str:
        return f"{self.series_id} {self.date}"


class Signal(Record):
    """A sustained change against the pupil's own baseline. Its state is its triage item's, and so is its address.

    `effect` with `interval_low` and `interval_high` (95 %) in standard deviations of the baseline; `coverage` 0..1
    share of valid days since `since`; `evidence` is the series as it stood, see `analytics.rules.evidence`.
    """

    triage_item = models.OneToOneField(TriageItem, models.PROTECT, related_name="signal")
    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="signals")
    series = models.OneToOneField(Series, models.CASCADE, related_name="signal")
    card = models.ForeignKey(ModelCard, models.PROTECT, related_name="signals")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    since = models.DateField()
    day = models.DateField()
    effect = models.FloatField()
    interval_low = models.FloatField()
    interval_high = models.FloatField()
    coverage = models.FloatField()
    evidence = models.JSONField()
    mode = models.CharField(max_length=6, choices=Mode)
    demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"{self.pupil_id} {self.day}"
