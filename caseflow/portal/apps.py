from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from caseflow.audit.names import name_actions
from caseflow.clocks.watchers import watch
from notifications.texts import name_codes


class PortalConfig(AppConfig):
    name = "caseflow.portal"
    label = "portal"

    def ready(self) -> None:
        import_module("caseflow.portal.personal_data")
        name_actions(import_module("caseflow.portal.actions").ACTIONS.items())
        watch("data_subject_answer", "caseflow.portal.services.tell_of_requests")
        name_codes("clock", [("data_subject_answer", _("answer to a request of a guardian or pupil"))])
