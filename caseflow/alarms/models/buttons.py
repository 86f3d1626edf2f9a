from django.db import models
from django.db.models import Q

from caseflow.alarms.models.devices import Device
from caseflow.clocks.models import Clock
from caseflow.records.models import DataKey


class Button(models.Model):
    """What is known of a fixed button besides being a device: its key, and what it last said of itself.

    The key signs, so it has to be read again: it is sealed, not digested. `counter` is the highest number that was
    taken; it only grows while a key is in force. `skew_s` is how far the button's clock is ahead of ours.
    `silent_told_at` and `battery_told_at` stand while a trouble lasts of which the school was told.
    """

    device = models.OneToOneField(Device, models.CASCADE, related_name="button")
    name = models.CharField(max_length=60, blank=True)
    data_key = models.ForeignKey(DataKey, models.PROTECT, related_name="+")
    key_sealed = models.BinaryField()
    key_made_at = models.DateTimeField()
    counter = models.PositiveBigIntegerField(default=0)
    heard_at = models.DateTimeField(null=True)
    battery = models.PositiveSmallIntegerField(null=True)
    skew_s = models.IntegerField(null=True)
    silent_told_at = models.DateTimeField(null=True)
    battery_told_at = models.DateTimeField(null=True)
    test_clock = models.OneToOneField(Clock, models.PROTECT, related_name="+", help_text="of the next test")

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(condition=Q(battery=None) | Q(battery__lte=100), name="button_battery_in_percent"),
        )

    def __str__(self) -> str:
        return self.name or str(self.device)

    @property
    def place(self) -> str:
        """What it is called and where it hangs."""
        return ", ".join(part for part in (self.name, self.device.place) if part)
