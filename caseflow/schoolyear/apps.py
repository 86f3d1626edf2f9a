from importlib import import_module

from django.apps import AppConfig

from caseflow.audit.names import name_actions
from caseflow.undo.acts import undo_with


class SchoolYearConfig(AppConfig):
    name = "caseflow.schoolyear"
    label = "schoolyear"

    def ready(self) -> None:
        import_module("caseflow.schoolyear.personal_data")
        name_actions(import_module("caseflow.schoolyear.actions").ACTIONS.items())
        import_module("caseflow.schoolyear.holdings").register()
        undo_with("substitute_named", "caseflow.schoolyear.services.taking_back.let_go")
        undo_with("substitute_ended", "caseflow.schoolyear.services.taking_back.substitute_again")
