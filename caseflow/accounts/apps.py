from importlib import import_module

from django.apps import AppConfig

from caseflow.audit.names import name_actions


class AccountsConfig(AppConfig):
    name = "caseflow.accounts"
    label = "accounts"

    def ready(self) -> None:
        import_module("caseflow.accounts.personal_data")
        name_actions(import_module("caseflow.accounts.actions").ACTIONS.items())
