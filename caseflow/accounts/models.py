from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from caseflow.records.models import DataKey

if TYPE_CHECKING:
    from django.contrib.auth.models import UserManager

NO_BREAK = "\N{NO-BREAK SPACE}"


class Theme(models.TextChoices):
    AUTO = "auto", _("As on the device")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class User(AbstractUser):
    """A person who signs in. What they may do is said by their memberships, never here."""

    patronymic = models.CharField(max_length=100, blank=True)
    language = models.CharField(max_length=2, blank=True, help_text="kk, ru, en; empty: as the browser asks")
    theme = models.CharField(max_length=5, choices=Theme, default=Theme.AUTO)
    single_keys = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)

    objects: ClassVar["UserManager[User]"]

    class Meta:
        db_table = "accounts_user"

    def __str__(self) -> str:
        return self.short_name or self.username

    @property
    def short_name(self) -> str:
        """Family name with initials, "Фамилия И. О.", as names stand in documents, never parted over two lines."""
        initials = [f"{name[0]}." for name in (self.first_name, self.patronymic) if name]
        return NO_BREAK.join(filter(None, [self.last_name, *initials]))


class Phone(models.Model):
    """The number to which a person wants SMS, sealed with a key of its own."""

    user = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="+")
    data_key = models.ForeignKey(DataKey, models.PROTECT, related_name="+")
    number_sealed = models.BinaryField(help_text="E.164")

    def __str__(self) -> str:
        return f"phone of {self.user_id}"


def anonymous_user(user_model: type[User]) -> User:
    """The row django-guardian keeps for visitors who are not signed in; it can never sign in."""
    nobody = user_model(username="AnonymousUser", is_active=False)
    nobody.set_unusable_password()
    return nobody


class SignInThrottle(models.Model):
    """Wrong passwords within one window, counted for one key: a name with an address, or an address alone.

    The key is a digest, so the table tells nobody which names were tried.
    """

    key = models.CharField(max_length=64, unique=True)
    failures = models.PositiveIntegerField(default=0)
    since = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.key[:8]} {self.failures}"
