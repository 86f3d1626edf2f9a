from importlib import import_module

from django.apps import AppConfig

from caseflow.audit.names import name_actions


class ConsentConfig(AppConfig):
    name = "caseflow.consent"
    label = "consent"

    def ready(self) -> None:
        import_module("caseflow.consent.personal_data")
        name_actions(import_module("caseflow.consent.actions").ACTIONS.items())
