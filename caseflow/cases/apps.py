from importlib import import_module

from django.apps import AppConfig

from caseflow.audit.names import name_actions


class CasesConfig(AppConfig):
    name = "caseflow.cases"
    label = "cases"

    def ready(self) -> None:
        import_module("caseflow.cases.personal_data")
        name_actions(import_module("caseflow.cases.actions").ACTIONS.items())
        import_module("caseflow.cases.clocks").register_clocks()
