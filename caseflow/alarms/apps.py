from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from caseflow.audit.names import name_actions
from caseflow.schoolyear.holdings import Kind, hold


class AlarmsConfig(AppConfig):
    name = "caseflow.alarms"
    label = "alarms"

    def ready(self) -> None:
        import_module("caseflow.alarms.personal_data")
        name_actions(import_module("caseflow.alarms.actions").ACTIONS.items())
        import_module("caseflow.alarms.texts").register_texts()
        home = "caseflow.alarms.services.leaving"
        hold(Kind("phones", _("Panic buttons on phones"), home, (), _("they end after the last day")))
