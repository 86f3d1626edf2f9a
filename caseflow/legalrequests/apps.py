from importlib import import_module

from django.apps import AppConfig

from caseflow.audit.names import name_actions


class LegalRequestsConfig(AppConfig):
    name = "caseflow.legalrequests"
    label = "legalrequests"

    def ready(self) -> None:
        import_module("caseflow.legalrequests.personal_data")
        name_actions(import_module("caseflow.legalrequests.actions").ACTIONS.items())
        import_module("caseflow.legalrequests.texts").register_texts()
