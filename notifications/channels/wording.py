"""All that leaves the installation in words: one sentence, the same for everybody, and the installation's address."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from notifications.enums import Urgency


def sentence(urgency: int, language: str) -> str:
    """What an e-mail or an SMS says, in the recipient's language, else in the installation's."""
    with translation.override(language or settings.LANGUAGE_CODE):
        return _("Tirek: alarm") if urgency == Urgency.ALARM else _("Tirek: something new waits for you")


def with_address(text: str) -> str:
    """The sentence and where to go, if the installation knows its address (SITE_URL)."""
    return f"{text}\n{settings.SITE_URL}" if settings.SITE_URL else text
