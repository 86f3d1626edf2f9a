from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.header import decode_header, make_header
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from notifications.channels import mail
from notifications.channels.outcome import NotSentError
from notifications.enums import Trouble, Urgency
from tests.notifications.services_outside import closed_port, silent_service

TO = "reader@people.example"


class Postbox:
    """What a mail server took, and what it answers to recipients and to the message."""

    @property
    def messages(self) -> list[bytes]:
        """What was sent, as bytes."""
        return [each.content for each in self.taken if isinstance(each.content, bytes)]

    def __init__(self, rcpt: str = "250 OK", data: str = "250 OK") -> None:
        self.taken: list[Envelope] = []
        self.rcpt, self.data = rcpt, data

    async def handle_RCPT(  # noqa: N802  the server's name for it
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  as above
        self.taken.append(envelope)
        return self.data


@contextmanager
def mail_server(settings: Any, postbox: Postbox) -> Iterator[None]:
    """A real SMTP server on this machine that the installation is told of."""
    controller = Controller(postbox, hostname="127.0.0.1", port=closed_port())
    controller.start()
    tell_of(settings, controller.port)
    try:
        yield
    finally:
        controller.stop()


def tell_of(settings: Any, port: int) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.DEFAULT_FROM_EMAIL, settings.SITE_URL = "Tirek <tirek@school.example>", "https://tirek.example"


def trouble(to: str = TO) -> Trouble:
    with pytest.raises(NotSentError) as failed:
        mail.send(to, Urgency.NORMAL, "en")
    return failed.value.trouble


@pytest.mark.parametrize(
    ("urgency", "sentence"),
    [(Urgency.NORMAL, "Tirek: something new waits for you"), (Urgency.ALARM, "Tirek: alarm")],
)
def test_the_server_gets_one_sentence_and_the_address(settings: Any, urgency: Urgency, sentence: str) -> None:
    postbox = Postbox()
    with mail_server(settings, postbox):
        mail.send(TO, urgency, "en")
    (envelope,) = postbox.taken
    message = message_from_bytes(*postbox.messages)
    assert (envelope.mail_from, envelope.rcpt_tos) == ("tirek@school.example", [TO])
    assert str(make_header(decode_header(message["Subject"]))) == sentence
    body = message.get_payload(decode=True)
    assert isinstance(body, bytes)
    assert body.decode() == f"{sentence}\r\nhttps://tirek.example\r\n"
    assert message["Message-ID"].endswith("@tirek.example>")
    assert message["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize(
    ("postbox", "expected"),
    [
        (Postbox(rcpt="550 no such mailbox"), Trouble.REFUSED),
        (Postbox(rcpt="451 come later"), Trouble.BUSY),
        (Postbox(data="554 not from you"), Trouble.FAILING),
        (Postbox(data="452 full"), Trouble.FAILING),
        (Postbox(rcpt="530 sign in first"), Trouble.REFUSED),
    ],
)
def test_a_server_that_refuses_has_its_code(settings: Any, postbox: Postbox, expected: Trouble) -> None:
    with mail_server(settings, postbox):
        assert trouble() == expected


def test_a_server_that_wants_a_password_we_lack(settings: Any) -> None:
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "tirek", "wrong"
    with mail_server(settings, Postbox()):
        assert trouble() == Trouble.UNREACHABLE  # it offers no sign-in


def test_a_server_that_hangs_or_is_away_is_left(settings: Any) -> None:
    settings.EMAIL_TIMEOUT = 0.3
    with silent_service() as port:
        tell_of(settings, port)
        assert trouble() == Trouble.TIMED_OUT
    tell_of(settings, closed_port())
    assert trouble() == Trouble.UNREACHABLE


def test_an_address_that_would_write_headers_is_refused(settings: Any) -> None:
    with mail_server(settings, Postbox()):
        assert trouble("a@b.example\nBcc: c@d.example") == Trouble.REFUSED
