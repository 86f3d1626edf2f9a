from importlib import import_module
from typing import Any

from django.apps import AppConfig

from caseflow.audit.names import name_actions
from caseflow.clocks import one_clock
from caseflow.undo.acts import undo_with


class ClocksConfig(AppConfig):
    name = "caseflow.clocks"
    label = "clocks"

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        one_clock.install()  # before any model is loaded that takes `timezone.now` for its default

    def ready(self) -> None:
        import_module("caseflow.clocks.personal_data")
        name_actions(import_module("caseflow.clocks.actions").ACTIONS.items())
        import_module("caseflow.clocks.texts").register_texts()
        undo_with("shift_removed", "caseflow.clocks.services.taking_back.put_on_again")
        undo_with("absence_ended", "caseflow.clocks.services.taking_back.be_away_again")
