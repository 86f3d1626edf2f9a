from importlib import import_module

from django.apps import AppConfig

from caseflow.audit.names import name_actions


class AnalyticsConfig(AppConfig):
    name = "analytics"
    label = "analytics"

    def ready(self) -> None:
        import_module("analytics.personal_data")
        name_actions(import_module("analytics.actions").ACTIONS.items())
        import_module("analytics.queue").register()
