from importlib import import_module

from django.apps import AppConfig


class UndoConfig(AppConfig):
    name = "caseflow.undo"
    label = "undo"

    def ready(self) -> None:
        import_module("caseflow.undo.personal_data")
