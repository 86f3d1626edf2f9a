from importlib import import_module

from django.apps import AppConfig

from caseflow.audit.names import name_actions


class JournalsConfig(AppConfig):
    name = "caseflow.journals"
    label = "journals"

    def ready(self) -> None:
        import_module("caseflow.journals.personal_data")
        name_actions(import_module("caseflow.journals.actions").ACTIONS.items())
