"""The whole world of the matrix: people, places and one object of each kind to each relation."""

from tests.access import (
    objects_of_alarms,
    objects_of_analysis,
    objects_of_anonymous,
    objects_of_appointments,
    objects_of_attachments,
    objects_of_bullying,
    objects_of_buttons,
    objects_of_cases,
    objects_of_clips,
    objects_of_clocks,
    objects_of_consent,
    objects_of_council,
    objects_of_deadlines,
    objects_of_disturbances,
    objects_of_drafts,
    objects_of_explorer,
    objects_of_flows,
    objects_of_homes,
    objects_of_journals,
    objects_of_legalrequests,
    objects_of_losses,
    objects_of_photos,
    objects_of_places,
    objects_of_plans,
    objects_of_questionnaires,
    objects_of_referrals,
    objects_of_relations,
    objects_of_schoolyear,
    objects_of_supervision,
)
from tests.access.places import Places, make_places

OBJECTS = (
    objects_of_places,
    objects_of_clips,
    objects_of_clocks,
    objects_of_consent,
    objects_of_cases,
    objects_of_drafts,
    objects_of_appointments,
    objects_of_attachments,
    objects_of_questionnaires,
    objects_of_plans,
    objects_of_journals,
    objects_of_legalrequests,
    objects_of_referrals,
    objects_of_deadlines,
    objects_of_flows,
    objects_of_losses,
    objects_of_anonymous,
    objects_of_bullying,
    objects_of_homes,
    objects_of_photos,
    objects_of_relations,
    objects_of_analysis,
    objects_of_alarms,
    objects_of_disturbances,
    objects_of_buttons,
    objects_of_supervision,
    objects_of_schoolyear,
    objects_of_council,
    objects_of_explorer,
)


def make_world() -> Places:
    """Everything, in the open transaction."""
    places = make_places()
    for objects in OBJECTS:
        objects.fill(places)
    return places
