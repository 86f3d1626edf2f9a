from importlib import import_module

from django.apps import AppConfig

from caseflow.audit.names import name_actions
from caseflow.undo.acts import no_undo_where, undo_with


class PlansConfig(AppConfig):
    name = "caseflow.plans"
    label = "plans"

    def ready(self) -> None:
        import_module("caseflow.plans.personal_data")
        name_actions(import_module("caseflow.plans.actions").ACTIONS.items())
        import_module("caseflow.plans.texts").register_texts()
        import_module("caseflow.plans.drafting").register_drafts()
        undo_with("safety_plan_dropped", "caseflow.plans.services.drafting.take_up_again")
        undo_with("goal_ended", "caseflow.plans.services.goals.go_on_with")
        no_undo_where("task_done", "caseflow.plans.services.goals.is_in_ended_goal")
