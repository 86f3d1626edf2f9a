"""Where the demo's SMS go: a folder, beside its e-mails. Named in the settings only where every person is invented."""

from django.conf import settings


class Outbox:
    """A gateway (`notifications.channels.sms.Gateway`) that hands nothing over to anybody."""

    def send(self, phone: str, text: str, reference: str) -> None:
        """Write the message down; the same `reference` is the same file."""
        settings.DEMO_OUTBOX.mkdir(parents=True, exist_ok=True)
        path = settings.DEMO_OUTBOX / f"{reference}.sms.txt"
        path.write_text(f"To: {phone}\nFrom: {settings.SMS_SENDER}\n\n{text}\n", encoding="utf-8")
