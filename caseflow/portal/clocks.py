"""What the room of clocks asks of this one by name: the deadlines of answers to requests."""

from django.utils.translation import gettext_lazy as _

from caseflow.clocks.matters import about, looks
from caseflow.clocks.watchers import find_targets, watch
from notifications.texts import name_codes

CODE = "data_subject_answer"


def register_clocks() -> None:
    """Tell clocks and notifications who watches the answers, where they are given, and what they are called."""
    watch(CODE, "caseflow.portal.services.tell_of_requests")
    find_targets(CODE, "caseflow.portal.services.targets_of_request")
    looks.add(CODE, "caseflow.portal.selectors.looks_at_requests")
    about.add(CODE, "caseflow.portal.selectors.clocks_about")
    name_codes("clock", [(CODE, _("answer to a request of a guardian or pupil"))])
