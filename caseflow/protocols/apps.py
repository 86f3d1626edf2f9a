from importlib import import_module

from django.apps import AppConfig

from caseflow.audit.names import name_actions


class ProtocolsConfig(AppConfig):
    name = "caseflow.protocols"
    label = "protocols"

    def ready(self) -> None:
        import_module("caseflow.protocols.personal_data")
        name_actions(import_module("caseflow.protocols.actions").ACTIONS.items())
        import_module("caseflow.protocols.texts").register_texts()
