from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from caseflow.audit.names import name_actions
from caseflow.clocks.watchers import watch
from notifications.texts import name_codes


class CasesConfig(AppConfig):
    name = "caseflow.cases"
    label = "cases"

    def ready(self) -> None:
        import_module("caseflow.cases.personal_data")
        name_actions(import_module("caseflow.cases.actions").ACTIONS.items())
        watch("task", "caseflow.cases.services.watching.tell_of_task_clocks")
        name_codes("clock", [("task", _("a task of a case"))])
