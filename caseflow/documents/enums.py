from django.db import models
from django.utils.translation import gettext_lazy as _


class Tongue(models.TextChoices):
    """In which language the fixed words stand; what people wrote stays as they wrote it."""

    BOTH = "kk-ru", _("Kazakh and Russian")
    KAZAKH = "kk", _("Kazakh")
    RUSSIAN = "ru", _("Russian")
    ENGLISH = "en", _("English")

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(self.value.split("-"))
