from importlib import import_module

from django.apps import AppConfig

from caseflow.audit.names import name_actions
from caseflow.undo.acts import undo_with


class ReferralsConfig(AppConfig):
    name = "caseflow.referrals"
    label = "referrals"

    def ready(self) -> None:
        import_module("caseflow.referrals.personal_data")
        name_actions(import_module("caseflow.referrals.actions").ACTIONS.items())
        import_module("caseflow.referrals.texts").register_texts()
        undo_with("referral_dropped", "caseflow.referrals.services.drafting.take_up_again")
