from importlib import import_module

from django.apps import AppConfig

from caseflow.audit.names import name_actions


class IncidentsConfig(AppConfig):
    name = "caseflow.incidents"
    label = "incidents"

    def ready(self) -> None:
        import_module("caseflow.incidents.personal_data")
        name_actions(import_module("caseflow.incidents.actions").ACTIONS.items())
        import_module("caseflow.incidents.texts").register_texts()
