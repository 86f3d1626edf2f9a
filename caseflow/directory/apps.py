from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from caseflow.audit.names import name_actions
from caseflow.directory.finding import find_with


class DirectoryConfig(AppConfig):
    name = "caseflow.directory"
    label = "directory"

    def ready(self) -> None:
        import_module("caseflow.directory.personal_data")
        find_with("pupil", _("Pupils"), "caseflow.directory.selectors.finding.pupil_hits")
        name_actions(import_module("caseflow.directory.actions").ACTIONS.items())
