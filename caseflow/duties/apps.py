from importlib import import_module

from django.apps import AppConfig

from caseflow.audit.names import name_actions


class DutiesConfig(AppConfig):
    name = "caseflow.duties"
    label = "duties"

    def ready(self) -> None:
        name_actions(import_module("caseflow.duties.actions").ACTIONS.items())
