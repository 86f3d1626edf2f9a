"""How the acts of this room read in the access log."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "instrument_imported": _("Imported a questionnaire"),
    "instrument_put_to_use": _("Put a version of a questionnaire to use"),
    "instrument_given": _("Gave a questionnaire"),
    "instrument_code_made": _("Made a new code for a questionnaire"),
    "instrument_opened_by_code": _("A questionnaire was opened by its code"),
    "instrument_answered": _("Entered answers to a questionnaire"),
    "instrument_alarm": _("An answer to a questionnaire raised the alarm"),
    "instrument_finished": _("A questionnaire was finished"),
    "instrument_stopped": _("Stopped a questionnaire"),
    "instrument_total_typed": _("Typed a total that was scored elsewhere"),
    "instrument_read": _("Read a questionnaire"),
    "instrument_list_read": _("Read the questionnaires of a case"),
}
