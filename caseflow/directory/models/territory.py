from django.db import models
from django.utils.translation import get_language

from caseflow.directory.enums import AgencyKind


class Named(models.Model):
    """Something whose name is official in Kazakh and Russian; English falls back to the Russian one."""

    name_kk = models.CharField(max_length=160)
    name_ru = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language of the page."""
        code = (get_language() or "ru")[:2]
        return str(getattr(self, f"name_{code}", "") or self.name_ru)

    @property
    def names(self) -> dict[str, str]:
        """The name in each language of the product, for what is written now and read later."""
        return {"kk": self.name_kk, "ru": self.name_ru, "en": self.name_en or self.name_ru}


class Region(Named):
    code = models.SlugField(max_length=40, unique=True)

    class Meta:
        ordering = ("name_ru",)


class District(Named):
    region = models.ForeignKey(Region, models.PROTECT, related_name="districts")
    code = models.SlugField(max_length=60, unique=True)

    class Meta:
        ordering = ("name_ru",)


class School(Named):
    """A school: the operator of its cameras and of the consents given to it (BIN: 12 digits)."""

    district = models.ForeignKey(District, models.PROTECT, related_name="schools")
    code = models.SlugField(max_length=60, unique=True)
    bin = models.CharField(max_length=12, unique=True)
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    six_day_week = models.BooleanField(default=False)
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True, help_text="degrees, WGS 84")
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True, help_text="degrees, WGS 84")

    class Meta:
        ordering = ("name_ru",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(latitude=None, longitude=None)
                | models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="school_lies_somewhere_on_earth",
            ),
        )


class Agency(Named):
    """A body that is not a school; one of a district, or of the whole region when `district` is empty."""

    kind = models.CharField(max_length=20, choices=AgencyKind)
    region = models.ForeignKey(Region, models.PROTECT, related_name="agencies")
    district = models.ForeignKey(District, models.PROTECT, null=True, blank=True, related_name="agencies")
    phone = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ("name_ru",)
        verbose_name_plural = "agencies"
