"""What a public form carries instead of a cookie: signed, of this address, of some hours, with the work it asks for."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.core import signing

from caseflow.incidents.models import AnonymousChannel
from caseflow.incidents.rules.proof import bits_for, is_proven
from caseflow.incidents.services.anonymous.limits import taken_last_hour

FORM, CHAT = "incidents.anonymous.form", "incidents.anonymous.chat"
FORM_AGE = timedelta(hours=24)  # a form may lie open for a day before a child dares
CHAT_AGE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class FormPass:
    """`nonce` makes the form one of its kind, `bits` is the work that was asked for when it was shown."""

    nonce: str
    bits: int

    def is_proven(self, answer: str) -> bool:
        """Whether the device did the work of this form."""
        return is_proven(self.nonce, self.bits, answer)


def new_form(place: str) -> tuple[FormPass, str]:
    """A fresh pass for a form of this place, and how the form carries it."""
    fresh = FormPass(secrets.token_urlsafe(16), bits_for(taken_last_hour(place)))
    return fresh, signing.dumps([place, fresh.nonce, fresh.bits], salt=FORM)


def read_form(place: str, carried: str) -> FormPass | None:
    """The pass that a form of this place carries; None for another place's, an old one and what we never signed."""
    try:
        its_place, nonce, bits = signing.loads(carried, salt=FORM, max_age=FORM_AGE)
    except signing.BadSignature:
        return None
    return FormPass(nonce, bits) if its_place == place else None


def new_chat(channel: AnonymousChannel) -> str:
    """What the page of a channel carries, so that the code itself need not stand in it."""
    return signing.dumps([str(channel.pk), secrets.token_urlsafe(16)], salt=CHAT)


def read_chat(carried: str) -> tuple[AnonymousChannel, str]:
    """The channel and the page's nonce. Raises AnonymousChannel.DoesNotExist, also an hour after the code was typed."""
    try:
        pk, nonce = signing.loads(carried, salt=CHAT, max_age=CHAT_AGE)
    except signing.BadSignature as error:
        raise AnonymousChannel.DoesNotExist from error
    return AnonymousChannel.objects.select_related("incident__data_key", "incident__triage_item").get(pk=pk), nonce
