from importlib import import_module

from django.apps import AppConfig

from caseflow.audit.names import name_actions
from caseflow.undo.acts import undo_with


class SupervisionConfig(AppConfig):
    name = "caseflow.supervision"
    label = "supervision"

    def ready(self) -> None:
        import_module("caseflow.supervision.personal_data")
        name_actions(import_module("caseflow.supervision.actions").ACTIONS.items())
        import_module("caseflow.supervision.texts").register()
        undo_with("agreement_done", "caseflow.supervision.services.noting.go_on_with")
        undo_with("work_handed_over", "caseflow.supervision.services.giving_back.give_back")
