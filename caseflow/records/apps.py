from importlib import import_module

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "caseflow.records"
    label = "records"

    def ready(self) -> None:
        import_module("caseflow.records.personal_data")
