from importlib import import_module

from django.apps import AppConfig

from caseflow.audit.names import name_actions


class AppointmentsConfig(AppConfig):
    name = "caseflow.appointments"
    label = "appointments"

    def ready(self) -> None:
        import_module("caseflow.appointments.personal_data")
        name_actions(import_module("caseflow.appointments.actions").ACTIONS.items())
        import_module("caseflow.appointments.texts").register_texts()
