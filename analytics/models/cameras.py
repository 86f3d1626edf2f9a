"""How the pictures of a camera of the register come in, and how it is."""

from django.db import models
from django.db.models import Q

from analytics.enums import CameraCondition, CameraSource
from caseflow.directory.models import Camera
from caseflow.records.models import DataKey


class CameraLink(models.Model):
    """Where the pictures of a camera come from. A camera without a row is fed by hand, file by file.

    `address_sealed` is an RTSP address with its name and password; `folder` a folder within RECORDINGS, in which a
    recorder leaves its files.
    """

    camera = models.OneToOneField(Camera, models.CASCADE, primary_key=True, related_name="link")
    source = models.CharField(max_length=8, choices=CameraSource)
    key = models.ForeignKey(DataKey, models.PROTECT, related_name="+")
    address_sealed = models.BinaryField(default=bytes)
    folder = models.CharField(max_length=100, blank=True)
    is_on = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["folder"], condition=~Q(folder=""), name="one_camera_per_folder"),
            models.CheckConstraint(
                condition=Q(source=CameraSource.STREAM, folder="") & ~Q(address_sealed=b"")
                | Q(source=CameraSource.FOLDER, address_sealed=b"") & ~Q(folder=""),
                name="link_has_its_place",
            ),
        )

    def __str__(self) -> str:
        return f"{self.camera_id} {self.source}"


class CameraHealth(models.Model):
    """How a watched camera is, as the process that watches it said last.

    `worker` holds the camera until `lease_until`; a lease that has lapsed means that nobody watches it. `since` is when
    the `condition` began, `trouble` the code of what ended the pictures last. Stalls and reconnects are those of the
    hour before.
    """

    link = models.OneToOneField(CameraLink, models.CASCADE, primary_key=True, related_name="health")
    worker = models.CharField(max_length=80, blank=True)
    lease_until = models.DateTimeField(null=True)
    condition = models.CharField(max_length=8, choices=CameraCondition, default=CameraCondition.CALLING)
    since = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=40, blank=True)
    pictures_a_second = models.FloatField(default=0)
    stalls = models.PositiveIntegerField(default=0)
    reconnects = models.PositiveIntegerField(default=0)
    width_px = models.PositiveIntegerField(default=0)
    height_px = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.link_id} {self.condition}"
