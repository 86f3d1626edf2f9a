from importlib import import_module

from django.apps import AppConfig

from caseflow.audit.names import name_actions
from caseflow.undo.acts import no_undo_where, undo_with


class JournalsConfig(AppConfig):
    name = "caseflow.journals"
    label = "journals"

    def ready(self) -> None:
        import_module("caseflow.journals.personal_data")
        name_actions(import_module("caseflow.journals.actions").ACTIONS.items())
        undo_with("plan_item_removed", "caseflow.journals.services.planning.put_in_again")
        undo_with("plan_item_ended", "caseflow.journals.services.planning.open_item_again")
        no_undo_where("appointment_answered", "caseflow.journals.selectors.lines.is_written_of")
