from django.apps import AppConfig


class UndoConfig(AppConfig):
    name = "caseflow.undo"
    label = "undo"
