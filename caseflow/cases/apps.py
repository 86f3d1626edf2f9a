from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from caseflow.audit.names import name_actions
from caseflow.directory.finding import find_with
from caseflow.undo.acts import undo_with


class CasesConfig(AppConfig):
    name = "caseflow.cases"
    label = "cases"

    def ready(self) -> None:
        import_module("caseflow.cases.personal_data")
        name_actions(import_module("caseflow.cases.actions").ACTIONS.items())
        import_module("caseflow.cases.clocks").register_clocks()
        import_module("caseflow.cases.drafting").register_drafts()
        undo_with("task_done", "caseflow.cases.services.taking_back.open_task_again")
        undo_with("task_given", "caseflow.cases.services.taking_back.take_task_back")
        find_with("case", _("Cases"), "caseflow.cases.selectors.finding.case_hits")
