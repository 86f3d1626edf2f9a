"""How the acts of this room read in the access log."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "people_read": _("Read who is around a pupil"),
    "person_recorded": _("Recorded a person around a pupil"),
    "person_ended": _("Ended the record of a person around a pupil"),
    "person_restored": _("Took back at once that a record of a person was ended"),
}
