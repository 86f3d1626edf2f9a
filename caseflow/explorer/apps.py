from importlib import import_module

from django.apps import AppConfig

from caseflow.audit.names import name_actions
from caseflow.undo.acts import undo_with


class ExplorerConfig(AppConfig):
    name = "caseflow.explorer"
    label = "explorer"

    def ready(self) -> None:
        import_module("caseflow.explorer.personal_data")
        name_actions(import_module("caseflow.explorer.actions").ACTIONS.items())
        undo_with("view_removed", "caseflow.explorer.services.saving.put_view_back")
