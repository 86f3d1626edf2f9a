from importlib import import_module

from django.apps import AppConfig


class ClocksConfig(AppConfig):
    name = "caseflow.clocks"
    label = "clocks"

    def ready(self) -> None:
        import_module("caseflow.clocks.personal_data")
