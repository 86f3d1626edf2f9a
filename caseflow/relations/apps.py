from importlib import import_module

from django.apps import AppConfig

from caseflow.audit.names import name_actions
from caseflow.undo.acts import undo_with


class RelationsConfig(AppConfig):
    name = "caseflow.relations"
    label = "relations"

    def ready(self) -> None:
        import_module("caseflow.relations.personal_data")
        name_actions(import_module("caseflow.relations.actions").ACTIONS.items())
        import_module("caseflow.relations.texts").register_texts()
        undo_with("person_ended", "caseflow.relations.services.recording.go_on_with")
