"""E-mail by Django's own way out (EMAIL_URL)."""

import smtplib
from contextlib import closing
from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from notifications.channels.outcome import NotSentError
from notifications.channels.wording import sentence, with_address
from notifications.enums import Trouble

NOT_US = (530, 534, 535, 538)  # RFC 4954: we are to sign in, or cannot


def send(address: str, urgency: int, language: str) -> None:
    """Hand one message over to the mail server. Raises NotSentError."""
    subject = sentence(urgency, language)
    # Python would put this machine's name into the id.
    number = make_msgid(domain=urlsplit(settings.SITE_URL).hostname or "tirek.invalid")
    headers = {"Message-ID": number, "Auto-Submitted": "auto-generated"}  # RFC 3834: no automatic answers
    try:
        with closing(get_connection()) as way:  # Django leaves the line open where a sign-in fails
            EmailMessage(subject, with_address(subject), None, [address], connection=way, headers=headers).send()
    except smtplib.SMTPRecipientsRefused as error:
        raise NotSentError(_of_codes([code for code, _words in error.recipients.values()])) from None
    except smtplib.SMTPResponseException as error:
        raise NotSentError(_of_sender(error.smtp_code)) from None
    except (smtplib.SMTPException, OSError) as error:
        hung = TimeoutError in (type(error), type(error.__context__))  # smtplib tells of it as of a lost line
        raise NotSentError(Trouble.TIMED_OUT if hung else Trouble.UNREACHABLE) from None
    except ValueError:  # an address that cannot stand in a header
        raise NotSentError(Trouble.REFUSED) from None


def _of_codes(codes: list[int]) -> Trouble:
    return Trouble.REFUSED if any(code >= 500 for code in codes) else Trouble.BUSY


def _of_sender(code: int) -> Trouble:
    """What the server has against us or the message, not against the address."""
    return Trouble.UNTRUSTED if code in NOT_US else Trouble.FAILING
