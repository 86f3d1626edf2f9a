from importlib import import_module

from django.apps import AppConfig

from caseflow.audit.names import name_actions


class CouncilConfig(AppConfig):
    name = "caseflow.council"
    label = "council"

    def ready(self) -> None:
        import_module("caseflow.council.personal_data")
        name_actions(import_module("caseflow.council.actions").ACTIONS.items())
        import_module("caseflow.council.texts").register_texts()
