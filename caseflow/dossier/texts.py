"""How the acts of this room read among those who opened a case."""

from django.utils.translation import gettext_lazy as _

from caseflow.cases.wordings import name_acts


def register_texts() -> None:
    name_acts(
        {
            "dossier_offer_read": _("opened the choice of papers for a meeting"),
            "dossier_profile_read": _("made a meeting profile"),
            "dossier_chronology_read": _("made a full chronology"),
        }
    )
