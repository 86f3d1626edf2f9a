from importlib import import_module

from django.apps import AppConfig

from caseflow.audit.names import name_actions


class SupervisionConfig(AppConfig):
    name = "caseflow.supervision"
    label = "supervision"

    def ready(self) -> None:
        import_module("caseflow.supervision.personal_data")
        name_actions(import_module("caseflow.supervision.actions").ACTIONS.items())
        import_module("caseflow.supervision.texts").register()
