from importlib import import_module

from django.apps import AppConfig

from caseflow.audit.names import name_actions


class IndicatorsConfig(AppConfig):
    name = "caseflow.indicators"
    label = "indicators"

    def ready(self) -> None:
        import_module("caseflow.indicators.personal_data")
        name_actions(import_module("caseflow.indicators.actions").ACTIONS.items())
