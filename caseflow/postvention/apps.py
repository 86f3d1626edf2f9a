from importlib import import_module

from django.apps import AppConfig

from caseflow.audit.names import name_actions
from caseflow.undo.acts import undo_with


class PostventionConfig(AppConfig):
    name = "caseflow.postvention"
    label = "postvention"

    def ready(self) -> None:
        import_module("caseflow.postvention.personal_data")
        name_actions(import_module("caseflow.postvention.actions").ACTIONS.items())
        import_module("caseflow.postvention.texts").register_texts()
        undo_with("affected_removed", "caseflow.postvention.services.affected.put_on_again")
