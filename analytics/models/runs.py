from django.conf import settings
from django.db import models
from django.db.models import Q

from analytics.enums import RunState, UploadPurpose, UploadState
from analytics.models.plans import Seat, SeatConfirmation, SeatPlan
from analytics.models.switches import ModelCard
from caseflow.directory.models import Camera, LessonSlot, Pupil, School
from caseflow.incidents.models import Incident
from caseflow.records.models import Record


class Upload(Record):
    """A video of one school on its way to the disk: of a lesson, or of an `incident`. `received` bytes of `length` are
    there.

    The file is named by the id. One that a recorder left for a `camera` has no owner.

    `writer` is held by the one request that may write from `received` on, until `writing_until`. What the file says
    of itself is known once it is checked: `recorded_at`, `duration_s`, `width_px`, `height_px`.
    """

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    camera = models.ForeignKey(Camera, models.PROTECT, null=True, related_name="+")
    purpose = models.CharField(max_length=10, choices=UploadPurpose, default=UploadPurpose.LESSON)
    incident = models.ForeignKey(Incident, models.PROTECT, null=True, blank=True, related_name="+")
    file_name = models.CharField(max_length=255, blank=True)
    length = models.BigIntegerField()
    received = models.BigIntegerField(default=0)
    state = models.CharField(max_length=10, choices=UploadState, default=UploadState.RECEIVING)
    writer = models.UUIDField(null=True, blank=True)
    writing_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    recorded_at = models.DateTimeField(null=True, blank=True)
    duration_s = models.FloatField(null=True, blank=True)
    width_px = models.PositiveIntegerField(null=True, blank=True)
    height_px = models.PositiveIntegerField(null=True, blank=True)
    error_code = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ("-created_at",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(received__gte=0) & models.Q(received__lte=models.F("length")),
                name="received_within_length",
            ),
            models.CheckConstraint(
                condition=Q(purpose=UploadPurpose.LESSON, incident=None)
                | Q(purpose=UploadPurpose.CLIP, incident__isnull=False),
                name="clip_belongs_to_an_incident",
            ),
            models.CheckConstraint(
                condition=Q(owner__isnull=False, camera=None) | Q(owner=None, camera__isnull=False),
                name="upload_has_an_owner_or_a_camera",
            ),
        )

    def __str__(self) -> str:
        return f"{self.received}/{self.length}"


class AnalysisRun(Record):
    """One analysis of one lesson: a row with a lease. Of a video, or `live` before its camera.

    `card` and `second_card` are those it was asked for with. The timetable asks for some by itself; then `requested_by`
    is nobody. `windows_left` counts the windows that were left out because they came faster than they were analysed.
    `progress` 0..1; `left_s` seconds that are probably left; `frames_used` and `frames_rejected` ({reason: count}) are
    over all analysed seats; `masked_seats` is all that is kept of seats that were closed (rule 1).
    """

    school = models.ForeignKey(School, models.PROTECT, related_name="runs")
    slot = models.ForeignKey(LessonSlot, models.PROTECT, related_name="runs")
    date = models.DateField()
    plan = models.ForeignKey(SeatPlan, models.PROTECT, related_name="runs")
    confirmation = models.ForeignKey(SeatConfirmation, models.PROTECT, related_name="runs")
    card = models.ForeignKey(ModelCard, models.PROTECT, related_name="runs")
    second_card = models.ForeignKey(ModelCard, models.PROTECT, null=True, blank=True, related_name="+")
    upload = models.OneToOneField(Upload, models.PROTECT, null=True, blank=True, related_name="run")
    recorded_at = models.DateTimeField()
    live = models.BooleanField(default=False)
    recorded_at_typed = models.BooleanField(default=False)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    requested_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=12, choices=RunState, default=RunState.QUEUED)
    worker = models.CharField(max_length=80, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    attempt = models.PositiveSmallIntegerField(default=0)
    cancel_requested = models.BooleanField(default=False)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    progress = models.FloatField(default=0)
    left_s = models.FloatField(null=True, blank=True)
    declared_s = models.FloatField(null=True, blank=True)
    decoded_s = models.FloatField(null=True, blank=True)
    sampled_frames = models.PositiveIntegerField(default=0)
    frames_used = models.PositiveIntegerField(default=0)
    frames_rejected = models.JSONField(default=dict)
    masked_seats = models.PositiveSmallIntegerField(default=0)
    windows_left = models.PositiveIntegerField(default=0)
    error_code = models.CharField(max_length=40, blank=True)
    demo = models.BooleanField(default=False)

    class Meta:
        ordering = ("-requested_at",)
        indexes = (models.Index(fields=["state", "lease_until"], name="runs_by_lease"),)
        constraints = (
            models.UniqueConstraint(
                fields=["slot", "date", "plan"],
                condition=Q(state__in=[RunState.QUEUED, RunState.RUNNING, RunState.DONE]),
                name="one_run_per_lesson",
            ),
        )

    def __str__(self) -> str:
        return f"{self.slot_id} {self.date} {self.state}"


class RunSeat(models.Model):
    """What was seen of one open seat. There is no row of a closed one (rule 1).

    `coverage` is the share 0..1 of the run's windows that hold enough observations.
    """

    run = models.ForeignKey(AnalysisRun, models.CASCADE, related_name="seats")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="+")
    coverage = models.FloatField(default=0)
    frames_used = models.PositiveIntegerField(default=0)
    frames_rejected = models.JSONField(default=dict)

    class Meta:
        ordering = ("seat",)
        constraints = (models.UniqueConstraint(fields=["run", "pupil"], name="one_seat_per_pupil_and_run"),)

    def __str__(self) -> str:
        return f"{self.run_id} {self.seat_id}"


class AiUse(models.Model):
    """That AI was used on a pupil in this run; when, where and by which model is the run's. It holds no value.

    It outlives the results: what guardians were told of the use of AI (rule 5) stays said when the gate closes, so
    that nothing they see tells of a dissent, an exclusion or another guardian's word (rules 10 and 10a).
    """

    run = models.ForeignKey(AnalysisRun, models.CASCADE, related_name="uses")
    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["run", "pupil"], name="one_use_per_pupil_and_run"),)

    def __str__(self) -> str:
        return f"{self.run_id} {self.pupil_id}"


class Window(models.Model):
    """Ten seconds of one pupil in one lesson: pooled shares 0..1 over `n` observations, never a label.

    `score`, `face_height_px`, `nose_offset` and `sharpness` are means of what the observation gate measured.
    `disagreement` 0..1 is how far a second model saw it otherwise; empty where only one looked.
    """

    run = models.ForeignKey(AnalysisRun, models.CASCADE, related_name="windows")
    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="+")
    index = models.PositiveIntegerField()
    start_s = models.FloatField()
    n = models.PositiveSmallIntegerField()
    p_neg = models.FloatField()
    p_pos = models.FloatField()
    score = models.FloatField()
    face_height_px = models.FloatField()
    nose_offset = models.FloatField()
    sharpness = models.FloatField()
    disagreement = models.FloatField(null=True, blank=True)

    class Meta:
        ordering = ("run", "pupil", "index")
        constraints = (models.UniqueConstraint(fields=["run", "pupil", "index"], name="one_window_per_index"),)

    def __str__(self) -> str:
        return f"{self.run_id} {self.index}"
