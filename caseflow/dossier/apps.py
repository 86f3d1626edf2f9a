from importlib import import_module

from django.apps import AppConfig

from caseflow.audit.names import name_actions


class DossierConfig(AppConfig):
    name = "caseflow.dossier"
    label = "dossier"

    def ready(self) -> None:
        import_module("caseflow.dossier.personal_data")
        name_actions(import_module("caseflow.dossier.actions").ACTIONS.items())
        import_module("caseflow.dossier.texts").register_texts()
