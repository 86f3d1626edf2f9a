"""Events of loss.

loss           OWN opened by the psychologist, SAME_SCHOOL by a colleague; CLOSED has ended; CONFLICT is about the own
               child of everybody who works. Its step is the head's, its row is a friend, its message is not approved.
loss_message   the message of the event in the same relation.
loss_template  OWN a shipped one; OTHER_SCHOOL a draft of another region; CLOSED one that was replaced.
"""

from django.utils import timezone

from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Pupil
from caseflow.postvention.enums import Audience, TemplateState
from caseflow.postvention.models import LossEvent, MessageTemplate
from tests.access.cells import CLOSED, CONFLICT, OTHER_SCHOOL, OWN, SAME_SCHOOL
from tests.access.places import Places, Thing, Things
from tests.postvention.factories import loss_of, message_in, on_list, shipped, step_of


def fill(places: Places) -> None:
    """Make the objects of this module."""
    mine, here, there = places[Role.PSYCHOLOGIST], places.here, places.there
    losses = {
        OWN: _thing(mine, here.pupil(), here.pupil()),
        SAME_SCHOOL: _thing(here.colleague, here.pupil(), here.pupil()),
        OTHER_SCHOOL: _thing(there.colleague, there.pupil(), there.pupil()),
        CONFLICT: _thing(here.colleague, places.child_of_staff(), here.pupil()),
        CLOSED: _thing(mine, here.pupil(), here.pupil()),
    }
    LossEvent.objects.filter(pk=losses[CLOSED]["pk"]).update(closed_at=timezone.now(), closed_by=mine.user)
    places.things["loss"] = losses
    places.things["loss_message"] = {
        relation: {"pk": thing["message"], "event": thing["pk"]} for relation, thing in losses.items()
    }
    places.things["loss_template"] = _templates(places)


def _thing(who: Actor, lost: Pupil, friend: Pupil) -> Thing:
    event = loss_of(who, lost)
    return {
        "pk": event.pk,
        "event": event.pk,
        "step": step_of(event, "crisis_team").pk,
        "row": on_list(who, event, friend).pk,
        "message": message_in(who, event).pk,
    }


def _templates(places: Places) -> Things:
    common = {"number": 7, "texts": shipped(Audience.MEDIA).texts, "source": "[P]", "made_at": timezone.now()}
    draft = MessageTemplate.objects.create(
        region=places.there.school.district.region, audience=Audience.MEDIA, **common
    )
    replaced = MessageTemplate.objects.create(
        region=places.here.school.district.region,
        audience=Audience.MEDIA,
        state=TemplateState.RETIRED,
        approved_at=timezone.now(),
        approved_by=places.here.colleague.user,
        **common,
    )
    return {OWN: {"pk": shipped(Audience.MEDIA).pk}, OTHER_SCHOOL: {"pk": draft.pk}, CLOSED: {"pk": replaced.pk}}
