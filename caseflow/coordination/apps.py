from importlib import import_module

from django.apps import AppConfig

from caseflow.audit.names import name_actions


class CoordinationConfig(AppConfig):
    name = "caseflow.coordination"
    label = "coordination"

    def ready(self) -> None:
        import_module("caseflow.coordination.personal_data")
        name_actions(import_module("caseflow.coordination.actions").ACTIONS.items())
