"""How the acts of this room read in the access log."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from caseflow.consent.enums import EventKind

ACTIONS = {
    "invitation.issued": _("Handed out a code for an account"),
    "invitation.redeemed": _("Made an account with a code"),
    "guardian.staff_account": _("Noted as whom a guardian works at the school"),
    **{f"consent.{kind}": format_lazy("{}: {}", _("Consent"), kind.label) for kind in EventKind},
}
