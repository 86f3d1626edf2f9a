"""Who was there, and the end of a session: what was said and decided is frozen."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from caseflow.council.enums import Presence, SessionState
from caseflow.council.limits import LONGEST_NAME
from caseflow.council.models import Attendance, Session
from caseflow.council.rules import CHAIRS, CouncilRefused
from caseflow.council.selectors.minutes import digest_of
from caseflow.council.selectors.people import members_on
from caseflow.council.selectors.sessions import lacks_of
from caseflow.council.services.holding import hold_session, log
from caseflow.council.wording import MISSING
from caseflow.directory.actors import Actor

Presences = Mapping[int, tuple[str, str]]
"""Of a member (id): whether they are there, and who came instead."""


@transaction.atomic
def write_attendance(actor: Actor, session_id: UUID, presences: Presences) -> Session:
    """Say who is there; of members that are not named nothing changes.

    Raises Session.DoesNotExist, CouncilRefused (not while it is held, somebody who does not sit there, represented
    by nobody).
    """
    session = hold_session(actor, session_id, SessionState.HELD)
    members = {member.pk: member for member in members_on(session.council, timezone.localdate(session.starts_at))}
    if presences.keys() - members.keys():
        raise CouncilRefused(gettext("Somebody does not sit in the council on that day."))
    for member, (presence, substitute) in presences.items():
        instead = substitute.strip()[:LONGEST_NAME] if presence == Presence.REPRESENTED else ""
        if presence == Presence.REPRESENTED and not instead:
            raise CouncilRefused(gettext("Say who came instead of %(name)s.") % {"name": members[member].name})
        Attendance.objects.update_or_create(
            session=session, member_id=member, defaults={"presence": Presence(presence), "substitute": instead}
        )
    log(actor, "council_attendance_written", session)
    return session


@transaction.atomic
def close_session(actor: Actor, session_id: UUID) -> Session:
    """Close the minutes: from now on they do not change. The chair alone does it.

    Raises Session.DoesNotExist, CouncilRefused (what is missing, in sentences).
    """
    session = hold_session(actor, session_id, SessionState.HELD)
    if actor.role not in CHAIRS:
        raise CouncilRefused(gettext("The chair closes a session."))
    lacking = lacks_of(session)
    if lacking:
        raise CouncilRefused(" ".join(str(MISSING[code]) for code in lacking))
    session.state, session.closed_by, session.closed_at = SessionState.CLOSED, actor.user, timezone.now()
    session.digest = digest_of(session)
    session.save(update_fields=["state", "closed_by", "closed_at", "digest"])
    log(actor, "council_session_closed", session, digest=session.digest)
    return session
