from importlib import import_module

from django.apps import AppConfig

from caseflow.audit.names import name_actions


class ClocksConfig(AppConfig):
    name = "caseflow.clocks"
    label = "clocks"

    def ready(self) -> None:
        import_module("caseflow.clocks.one_clock").install()
        import_module("caseflow.clocks.personal_data")
        name_actions(import_module("caseflow.clocks.actions").ACTIONS.items())
        import_module("caseflow.clocks.texts").register_texts()
