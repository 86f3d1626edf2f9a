from importlib import import_module

from django.apps import AppConfig


class DraftsConfig(AppConfig):
    name = "caseflow.drafts"
    label = "drafts"

    def ready(self) -> None:
        import_module("caseflow.drafts.personal_data")
