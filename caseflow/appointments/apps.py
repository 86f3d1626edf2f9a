from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from caseflow.audit.names import name_actions
from caseflow.directory.enums import Role
from caseflow.schoolyear.holdings import Kind, hold
from caseflow.undo.acts import undo_with


class AppointmentsConfig(AppConfig):
    name = "caseflow.appointments"
    label = "appointments"

    def ready(self) -> None:
        import_module("caseflow.appointments.personal_data")
        name_actions(import_module("caseflow.appointments.actions").ACTIONS.items())
        import_module("caseflow.appointments.texts").register_texts()
        undo_with("appointment_made", "caseflow.appointments.services.taking_back.unmake")
        undo_with("appointment_answered", "caseflow.appointments.services.taking_back.plan_again")
        undo_with("appointment_moved", "caseflow.appointments.services.taking_back.move_back")
        home = "caseflow.appointments.services.leaving"
        hold(
            Kind(
                "appointments",
                _("Appointments ahead"),
                home,
                (Role.PSYCHOLOGIST,),
                _("they stay in the school's calendar"),
            )
        )
