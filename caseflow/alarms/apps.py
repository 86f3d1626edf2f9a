from importlib import import_module

from django.apps import AppConfig

from caseflow.audit.names import name_actions


class AlarmsConfig(AppConfig):
    name = "caseflow.alarms"
    label = "alarms"

    def ready(self) -> None:
        import_module("caseflow.alarms.personal_data")
        name_actions(import_module("caseflow.alarms.actions").ACTIONS.items())
        import_module("caseflow.alarms.texts").register_texts()
