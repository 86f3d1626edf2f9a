from importlib import import_module

from django.apps import AppConfig

from caseflow.audit.names import name_actions


class ReleasesConfig(AppConfig):
    name = "caseflow.releases"
    label = "releases"

    def ready(self) -> None:
        import_module("caseflow.releases.personal_data")
        name_actions(import_module("caseflow.releases.actions").ACTIONS.items())
