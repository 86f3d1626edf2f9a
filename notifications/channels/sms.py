"""SMS by a gateway. Another protocol is another class with `send`, named in NOTIFICATIONS_GATEWAY."""

import json
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from notifications.channels.outcome import NotSentError
from notifications.channels.outgoing import post
from notifications.channels.wording import sentence, with_address
from notifications.enums import Trouble

WRONG_NUMBER = (400, 404, 422)
TOO_MANY = 429
NOT_US = (401, 402, 403)


class Gateway(Protocol):
    def send(self, phone: str, text: str, reference: str) -> None:
        """Hand `text` over for `phone` (E.164). The same `reference` is the same message, come again.

        Raises NotSentError.
        """


class HttpGateway:
    """JSON over HTTP, as docs/sms-gateway.md describes it. Reads SMS_URL, SMS_TOKEN and SMS_SENDER."""

    def send(self, phone: str, text: str, reference: str) -> None:
        content = {"to": phone, "from": settings.SMS_SENDER, "text": text, "reference": reference}
        headers = {
            "Authorization": f"Bearer {settings.SMS_TOKEN}",
            "Content-Type": "application/json; charset=utf-8",
            "Idempotency-Key": reference,
        }
        body = json.dumps(content, ensure_ascii=False).encode()
        answer = post(settings.SMS_URL, headers=headers, body=body, public_only=False)
        if not 200 <= answer.status < 300:
            raise NotSentError(_trouble(answer.status), answer.retry_after_s)


def send(phone: str, urgency: int, language: str, reference: str) -> None:
    """Hand one message over to the gateway. Raises NotSentError."""
    gateway: Gateway = import_string(settings.NOTIFICATIONS_GATEWAY)()
    gateway.send(phone, with_address(sentence(urgency, language)), reference)


def _trouble(status: int) -> Trouble:
    if status in WRONG_NUMBER:
        return Trouble.REFUSED
    if status == TOO_MANY:
        return Trouble.BUSY
    return Trouble.UNTRUSTED if status in NOT_US else Trouble.FAILING
