from importlib import import_module

from django.apps import AppConfig

from caseflow.audit.names import name_actions


class PlansConfig(AppConfig):
    name = "caseflow.plans"
    label = "plans"

    def ready(self) -> None:
        import_module("caseflow.plans.personal_data")
        name_actions(import_module("caseflow.plans.actions").ACTIONS.items())
        import_module("caseflow.plans.texts").register_texts()
