from importlib import import_module

from django.apps import AppConfig

from caseflow.audit.names import name_actions


class TriageConfig(AppConfig):
    name = "caseflow.triage"
    label = "triage"

    def ready(self) -> None:
        import_module("caseflow.triage.personal_data")
        name_actions(import_module("caseflow.triage.actions").ACTIONS.items())
        import_module("caseflow.triage.texts").register_texts()
