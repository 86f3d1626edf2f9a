"""What lower rooms ask of this one by name: its lines in a chronology."""

from django.utils.translation import gettext_lazy as _

from caseflow.cases.wordings import link_refs, name_acts, name_entry
from caseflow.relations.enums import RelationKind


def register_texts() -> None:
    """Tell cases how relations read."""
    kinds = dict(RelationKind.choices)
    name_entry("person_recorded", _("Person around the pupil recorded: %(relation)s"), relation=kinds)
    name_entry("person_ended", _("No longer around the pupil: %(relation)s"), relation=kinds)
    name_entry("person_restored", _("Taken back at once: around the pupil as before: %(relation)s"), relation=kinds)
    link_refs("people", "relations:case")
    name_acts(
        {
            "people_read": _("looked at who is around the pupil"),
            "person_recorded": _("recorded a person around the pupil"),
            "person_ended": _("ended the record of a person around the pupil"),
            "person_restored": _("took back at once that a record of a person was ended"),
        }
    )
