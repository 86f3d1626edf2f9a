from importlib import import_module

from django.apps import AppConfig

from caseflow.audit.names import name_actions


class DirectoryConfig(AppConfig):
    name = "caseflow.directory"
    label = "directory"

    def ready(self) -> None:
        import_module("caseflow.directory.personal_data")
        name_actions(import_module("caseflow.directory.actions").ACTIONS.items())
