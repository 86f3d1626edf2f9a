"""Consents on paper, guardians and grown pupils in the office, exclusions and requests.

entry         a consent on paper that waits for its second checker: OWN entered by somebody else; SAME_SCHOOL entered
              by the person asked; CLOSED is answered. scan: what it was entered with.
guardian      OWN without an account, SAME_SCHOOL too, of the other class; CLOSED has one.
guardianship  OWN in force, SAME_SCHOOL too, of the other class; CLOSED was ended by the office.
adult         OWN of age without an account; SAME_SCHOOL not of age; CLOSED has one; CONFLICT the own child come of age.
proposal      to exclude a guardian; SAME_SCHOOL by another psychologist of the school; CLOSED is answered.
excluded      a guardian who is; SAME_SCHOOL of the other class; CLOSED was let in again.
request       of a guardian; SAME_SCHOOL its term is over, and it waits for an answer all the same; CLOSED is answered.
"""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from caseflow.clocks.models import Clock
from caseflow.consent.enums import Purpose
from caseflow.consent.models import ConsentEvent
from caseflow.consent.services import (
    approve_exclusion,
    confirm_paper,
    end_guardianship,
    enter_paper,
    exclude_guardian,
    readmit_guardian,
)
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Pupil
from caseflow.portal.services import answer_request, ask
from tests.access.cells import CLOSED, CONFLICT, OTHER_SCHOOL, OWN, SAME_SCHOOL
from tests.access.places import Places, Thing, Things, Unit
from tests.consent.factories import picture
from tests.directory.factories import GuardianFactory, GuardianshipFactory, actor, parent_of

REASON = "Ребёнок боится возвращаться домой"
WORDS = "Прошу, чтобы вывод проверил человек"


def fill(places: Places) -> None:
    """Make the objects of this module."""
    entries = _entries(places)
    places.things |= {
        "entry": entries,
        "scan": {relation: _scan(found) for relation, found in entries.items()},
        "guardian": _guardians(places),
        "guardianship": _guardianships(places),
        "adult": _adults(places),
        "proposal": _proposals(places),
        "excluded": _excluded(places),
        "request": _requests(places),
    }


def _entries(places: Places) -> Things:
    here = places.here
    clerk = actor(Role.SCHOOL_ADMIN, school=here.school)
    closed = _paper(clerk, here.pupil())
    confirm_paper(places[Role.PRINCIPAL], closed.pk)
    mine = {role: _entry(_paper(places[role], here.pupil())) for role in (Role.SCHOOL_ADMIN, Role.PRINCIPAL)}
    return {
        OWN: _entry(_paper(clerk, here.pupil())),
        SAME_SCHOOL: mine,
        OTHER_SCHOOL: _entry(_paper(actor(Role.SCHOOL_ADMIN, school=places.there.school), places.there.pupil())),
        CLOSED: _entry(closed),
        CONFLICT: _entry(_paper(clerk, places.child_of_staff())),
    }


def _paper(who: Actor, pupil: Pupil) -> ConsentEvent:
    guardianship = pupil.guardianships.first() or GuardianshipFactory.create(pupil=pupil)
    return enter_paper(
        who,
        pupil_id=pupil.pk,
        guardian_id=guardianship.guardian_id,
        purpose=Purpose.ROUTINE_SCREENING,
        language="ru",
        decision="given",
        scan=picture(),
    )


def _entry(event: ConsentEvent) -> Thing:
    return {"pk": event.pk, "scan": event.scan_id}


def _scan(entry: Any) -> Thing:
    one = entry if "scan" in entry else next(iter(entry.values()))
    return {"pk": one["scan"]}


def _guardians(places: Places) -> Things:
    def without_account(pupil: Pupil) -> Thing:
        return {"pk": GuardianshipFactory.create(pupil=pupil, guardian=GuardianFactory.create(user=None)).guardian_id}

    return {
        OWN: without_account(places.here.pupil()),
        SAME_SCHOOL: without_account(places.here.next_pupil()),
        OTHER_SCHOOL: without_account(places.there.pupil()),
        CLOSED: {"pk": GuardianshipFactory.create(pupil=places.here.pupil()).guardian_id},
        CONFLICT: without_account(places.child_of_staff()),
    }


def _guardianships(places: Places) -> Things:
    def of(pupil: Pupil) -> Thing:
        return {"pk": GuardianshipFactory.create(pupil=pupil).pk}

    here, ended = places.here, of(places.here.pupil())
    end_guardianship(places[Role.SCHOOL_ADMIN], ended["pk"], last_day=timezone.localdate(), ground="Решение суда")
    return {
        OWN: of(here.pupil()),
        SAME_SCHOOL: of(here.next_pupil()),
        OTHER_SCHOOL: of(places.there.pupil()),
        CLOSED: ended,
        CONFLICT: of(places.child_of_staff()),
    }


def _adults(places: Places) -> Things:
    born = places.grown.birth_date
    return {
        OWN: {"pk": places.here.pupil(birth_date=born).pk},
        SAME_SCHOOL: {"pk": places.child.pk},
        OTHER_SCHOOL: {"pk": places.there.pupil(birth_date=born).pk},
        CLOSED: {"pk": places.grown.pk},
        CONFLICT: {"pk": places.child_of_staff(birth_date=born).pk},
    }


def _proposals(places: Places) -> Things:
    here, there = places.here, places.there
    closed = _proposed(here.colleague, here.pupil())
    approve_exclusion(places[Role.LEAD_PSYCHOLOGIST], closed.pk)
    return {
        OWN: {"pk": _proposed(here.colleague, here.pupil()).pk},
        SAME_SCHOOL: {"pk": _proposed(places[Role.PSYCHOLOGIST], here.next_pupil()).pk},
        OTHER_SCHOOL: {"pk": _proposed(there.colleague, there.pupil()).pk},
        CLOSED: {"pk": closed.pk},
        CONFLICT: {"pk": _proposed(here.colleague, places.child_of_staff()).pk},
    }


def _proposed(who: Actor, pupil: Pupil) -> ConsentEvent:
    guardianship = GuardianshipFactory.create(pupil=pupil)
    return exclude_guardian(who, pupil_id=pupil.pk, guardian_id=guardianship.guardian_id, reason=REASON)


def _excluded(places: Places) -> Things:
    def excluded(unit: Unit, pupil: Pupil) -> Thing:
        proposal = _proposed(unit.colleague, pupil)
        approve_exclusion(actor(Role.LEAD_PSYCHOLOGIST, district=unit.school.district), proposal.pk)
        return {"pk": pupil.pk, "guardian_pk": proposal.guardian_id}

    here = places.here
    closed = excluded(here, here.pupil())
    readmit_guardian(
        places[Role.LEAD_PSYCHOLOGIST], pupil_id=closed["pk"], guardian_id=closed["guardian_pk"], reason=REASON
    )
    return {
        OWN: excluded(here, here.pupil()),
        SAME_SCHOOL: excluded(here, here.next_pupil()),
        OTHER_SCHOOL: excluded(places.there, places.there.pupil()),
        CLOSED: closed,
        CONFLICT: excluded(here, places.child_of_staff()),
    }


def _requests(places: Places) -> Things:
    def asked(pupil: Pupil) -> Thing:
        return {"pk": ask(parent_of(pupil), pupil_id=pupil.pk, kind="human_review", words=WORDS).pk}

    closed, late = asked(places.here.pupil()), asked(places.here.next_pupil())
    answer_request(places[Role.LEAD_PSYCHOLOGIST], closed["pk"], "Человек проверил вывод")
    long_ago = timezone.now() - timedelta(days=30)
    Clock.objects.filter(portal_request=late["pk"]).update(
        started_at=long_ago, warn_at=long_ago, due_at=long_ago + timedelta(days=3)
    )
    return {
        OWN: asked(places.here.pupil()),
        SAME_SCHOOL: late,
        OTHER_SCHOOL: asked(places.there.pupil()),
        CLOSED: closed,
        CONFLICT: asked(places.child_of_staff()),
    }
