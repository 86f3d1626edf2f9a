"""How the acts of this room read in the access log."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "view_saved": _("Saved a view of released figures"),
    "view_changed": _("Renamed or shared a view of released figures"),
    "view_removed": _("Removed a view of released figures"),
    "view_restored": _("Took back the removal of a view of released figures"),
    "indicators_published": _("Chose which indicators the region publishes"),
    "indicators_withdrawn": _("Withdrew the region's public page"),
}
