"""How the acts of this room read in the access log."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "pupil_search": _("Looked for a pupil to report on"),
    "incident.reported": _("Reported an incident"),
    "incident.legally_assessed": _("Gave the legal assessment"),
    "incident.police_informed": _("Noted that the police were informed"),
    "incident.merged": _("Merged a report into another"),
    "incident.split": _("Split a merged report off again"),
    "incident.reported_anonymously": _("A report came without a name"),
    "incident.reporter_wrote": _("A reporter without a name wrote"),
    "incident.reporter_in_danger": _("A reporter without a name is in danger now"),
    "incident.reporter_answered": _("Answered a reporter without a name"),
    "incident.picture_opened": _("Opened a picture of a report"),
    "report_link.renewed": _("Renewed the address for reports without a name"),
    "incident.established": _("Noted what was established about a party"),
    "incident.bullying_confirmed": _("Recorded that bullying is confirmed"),
    "incident.bullying_taken_back": _("Took back that bullying is confirmed"),
    "incident.parent_told": _("Noted that a parent was told of suspected bullying"),
    "incident.council_held": _("Noted that the council met on suspected bullying"),
    "incident.photos_added": _("Added photos to a report"),
    "incident.photo_opened": _("Opened a photo of a report"),
    "incident.contact_added": _("Noted whom the school may call about a child safely"),
    "incident.contact_ended": _("Ended a safe contact"),
    "incident.order_entered": _("Entered a protective order"),
    "incident.order_extended": _("Extended a protective order"),
    "incident.order_lifted": _("Noted that a protective order was lifted"),
    "incident.answer_noted": _("Noted what the pupil concerned answers"),
}
