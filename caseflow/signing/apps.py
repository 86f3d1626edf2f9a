from importlib import import_module

from django.apps import AppConfig

from caseflow.audit.names import name_actions


class SigningConfig(AppConfig):
    name = "caseflow.signing"
    label = "signing"

    def ready(self) -> None:
        import_module("caseflow.signing.personal_data")
        name_actions(import_module("caseflow.signing.actions").ACTIONS.items())
