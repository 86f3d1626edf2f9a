from importlib import import_module

from django.apps import AppConfig

from caseflow.audit.names import name_actions


class InstrumentsConfig(AppConfig):
    name = "caseflow.instruments"
    label = "instruments"

    def ready(self) -> None:
        import_module("caseflow.instruments.personal_data")
        name_actions(import_module("caseflow.instruments.actions").ACTIONS.items())
        import_module("caseflow.instruments.texts").register_texts()
