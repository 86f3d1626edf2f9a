from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from caseflow.audit.names import name_actions
from notifications.texts import name_codes


class AnalyticsConfig(AppConfig):
    name = "analytics"
    label = "analytics"

    def ready(self) -> None:
        import_module("analytics.personal_data")
        name_actions(import_module("analytics.actions").ACTIONS.items())
        import_module("analytics.queue").register()
        name_codes("reason", [("camera_moved", _("the camera seems to have moved"))])
