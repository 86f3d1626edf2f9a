from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from caseflow.audit.names import name_actions
from caseflow.directory.enums import Role
from caseflow.schoolyear.holdings import Kind, hold
from caseflow.undo.acts import undo_with


class ProtocolsConfig(AppConfig):
    name = "caseflow.protocols"
    label = "protocols"

    def ready(self) -> None:
        import_module("caseflow.protocols.personal_data")
        name_actions(import_module("caseflow.protocols.actions").ACTIONS.items())
        import_module("caseflow.protocols.texts").register_texts()
        undo_with("protocol_discarded", "caseflow.protocols.services.editing.take_up_again")
        home = "caseflow.protocols.services.leaving"
        hold(
            Kind("seconds", _("Second person in protocols"), home, (Role.PSYCHOLOGIST,), _("the nearest who may be it"))
        )
