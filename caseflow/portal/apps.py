from importlib import import_module

from django.apps import AppConfig

from caseflow.audit.names import name_actions


class PortalConfig(AppConfig):
    name = "caseflow.portal"
    label = "portal"

    def ready(self) -> None:
        import_module("caseflow.portal.personal_data")
        name_actions(import_module("caseflow.portal.actions").ACTIONS.items())
        import_module("caseflow.portal.clocks").register_clocks()
