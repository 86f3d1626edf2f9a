from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language

from caseflow.records.append_only import AppendOnly
from caseflow.signing.enums import Answer, Means

LONGEST_NAME, LONGEST_WORDS = 160, 1000


class Round(AppendOnly):
    """A document that is signed. `subject` says what it is («report:<id>»), `sha256` is of its bytes, in hex."""

    subject = models.CharField(max_length=80, unique=True)
    sha256 = models.CharField(max_length=64)
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.subject


class Signer(AppendOnly):
    """Somebody who is asked to sign, as they were named when the round began; `last`: after all others."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="signers")
    place = models.PositiveSmallIntegerField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name = models.CharField(max_length=LONGEST_NAME)
    position = models.CharField(max_length=LONGEST_NAME)
    body_kk = models.CharField(max_length=LONGEST_NAME, blank=True)
    body_ru = models.CharField(max_length=LONGEST_NAME, blank=True)
    last = models.BooleanField(default=False)

    class Meta:
        ordering = ("place",)
        constraints = (
            models.UniqueConstraint(fields=["round", "user"], name="everybody_signs_once"),
            models.UniqueConstraint(fields=["round", "place"], name="one_signer_for_each_place"),
            models.UniqueConstraint(fields=["round"], condition=Q(last=True), name="one_signs_last"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def body(self) -> str:
        """The body they speak for, in the language of the page; "" where they speak for none."""
        return self.body_kk if (get_language() or "ru")[:2] == "kk" else self.body_ru


class Signature(AppendOnly):
    """What a signer answered, bound to the digest of the document that was before their eyes.

    With the own key: `cms` is the detached signature as it was uploaded, with the certificate's names of subject and
    issuer, its serial number and last day, and the fingerprint (SHA-256) of the root that it led to.
    """

    signer = models.OneToOneField(Signer, models.PROTECT, related_name="signature")
    answer = models.CharField(max_length=8, choices=Answer)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", help_text="who entered it")
    means = models.CharField(max_length=8, choices=Means, default=Means.ACCOUNT)
    sha256 = models.CharField(max_length=64)
    words = models.TextField(blank=True, max_length=LONGEST_WORDS)
    at = models.DateTimeField(auto_now_add=True)
    cms = models.BinaryField(default=bytes)
    subject = models.TextField(blank=True)
    issuer = models.TextField(blank=True)
    serial = models.CharField(max_length=64, blank=True)
    valid_until = models.DateTimeField(null=True)
    root_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(answer=Answer.SIGNED) | (~Q(words="") & Q(means=Means.ACCOUNT)),
                name="who_does_not_sign_says_why",
            ),
            models.CheckConstraint(
                condition=Q(means=Means.ACCOUNT, serial="") | (Q(means=Means.KEY) & ~Q(serial="")),
                name="a_key_has_a_certificate",
            ),
        )

    def __str__(self) -> str:
        return f"{self.signer_id} {self.answer}"
