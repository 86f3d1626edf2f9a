from importlib import import_module

from django.apps import AppConfig

from caseflow.audit.names import name_actions


class AttachmentsConfig(AppConfig):
    name = "caseflow.attachments"
    label = "attachments"

    def ready(self) -> None:
        import_module("caseflow.attachments.personal_data")
        name_actions(import_module("caseflow.attachments.actions").ACTIONS.items())
        import_module("caseflow.attachments.texts").register_texts()
