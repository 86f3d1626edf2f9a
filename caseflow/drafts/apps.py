from importlib import import_module

from django.apps import AppConfig

from caseflow.undo.acts import undo_with


class DraftsConfig(AppConfig):
    name = "caseflow.drafts"
    label = "drafts"

    def ready(self) -> None:
        import_module("caseflow.drafts.personal_data")
        undo_with("draft_discarded", "caseflow.drafts.services.restore_draft")
