from importlib import import_module

from django.apps import AppConfig

from caseflow.audit.names import name_actions


class PostventionConfig(AppConfig):
    name = "caseflow.postvention"
    label = "postvention"

    def ready(self) -> None:
        import_module("caseflow.postvention.personal_data")
        name_actions(import_module("caseflow.postvention.actions").ACTIONS.items())
        import_module("caseflow.postvention.texts").register_texts()
