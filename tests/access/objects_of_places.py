"""Pupils, classes, lessons, rolls, memberships, papers, exclusions, requests and council reports.

pupil         OWN the child of the parent and of nobody else, the grown pupil for the role pupil; CLOSED has left the
              school, and was once in the parent's care; CONFLICT the child of the staff.
class_        OWN the class teacher's; CLOSED of a past year.
membership    OWN the one acted in; CLOSED has ended; OTHER_SCHOOL somebody else's.
entry         a consent on paper that waits for its second checker: OWN entered by somebody else; SAME_SCHOOL entered
              by the person asked; CLOSED is answered.
guardian      OWN without an account; CLOSED has one.
proposal      to exclude a guardian; CLOSED is answered. excluded: a guardian who is.
request       of a guardian; CLOSED is answered.
council       a released report of the region, and of another one.
"""

from datetime import time, timedelta
from typing import Any

from django.utils import timezone

from caseflow.audit.services import record
from caseflow.consent.enums import Purpose
from caseflow.consent.models import ConsentEvent
from caseflow.consent.services import approve_exclusion, confirm_paper, enter_paper, exclude_guardian
from caseflow.coordination.rules import finished_quarters
from caseflow.coordination.services import compose_report
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import ImportDraft, Membership, Pupil
from caseflow.directory.services.imports import apply_import, keep_draft
from caseflow.portal.services import answer_request, ask
from tests.access.cells import CLOSED, CONFLICT, OTHER_SCHOOL, OWN, SAME_SCHOOL
from tests.access.places import Places, Thing, Things, Unit
from tests.consent.factories import picture
from tests.directory.factories import (
    GuardianFactory,
    GuardianshipFactory,
    LessonSlotFactory,
    MembershipFactory,
    PupilFactory,
    SchoolClassFactory,
    SchoolYearFactory,
    actor,
    parent_of,
)

ROLL = "Номер;Фамилия;Имя;Дата рождения;Пол;Класс\n901;Импортова;Дана;05.03.2013;ж;7Б"
REASON = "Ребёнок боится возвращаться домой"
WORDS = "Прошу, чтобы вывод проверил человек"
AFTERNOON = {"starts_at": time(15), "ends_at": time(15, 45)}  # the world has a lesson at nine, on whatever day it is


def fill(places: Places) -> None:
    """Make the objects of this module."""
    pupils, entries = _pupils(places), _entries(places)
    places.things |= {
        "pupil": pupils,
        "class_": _classes(places),
        "purpose": {relation: _for_each(found, purpose="routine_screening") for relation, found in pupils.items()},
        "withheld": _withheld(pupils, places.here.colleague),
        "lesson": {
            relation: {"pk": LessonSlotFactory.create(school_class=unit.own_class, weekday=6, **AFTERNOON).pk}
            for relation, unit in ((OWN, places.here), (OTHER_SCHOOL, places.there))
        },
        "draft": _drafts(places),
        "membership": _memberships(places),
        "school": {
            OWN: {"school": places.here.school.pk, "pk": places.here.school.pk},
            OTHER_SCHOOL: {"school": places.there.school.pk, "pk": places.there.school.pk},
        },
        "entry": entries,
        "scan": {relation: _scan(found) for relation, found in entries.items()},
        "guardian": _guardians(places),
        "adult": _adults(places),
        "proposal": _proposals(places),
        "excluded": _excluded(places),
        "request": _requests(places),
        "council": _council_reports(places),
    }


def _pupils(places: Places) -> Things:
    def named(pupil: Pupil) -> Thing:
        guardianship = pupil.guardianships.first()
        return {"pk": pupil.pk, "pupil": pupil.pk, "guardian": guardianship.guardian_id if guardianship else None}

    next_pupil = PupilFactory.create(school_class=places.here.next_class)
    GuardianshipFactory.create(pupil=next_pupil)
    everybody = dict.fromkeys(Role, named(places.child))
    return {
        OWN: everybody | {Role.PUPIL: named(places.grown)},
        SAME_SCHOOL: named(next_pupil),
        OTHER_SCHOOL: named(GuardianshipFactory.create(pupil=places.there.pupil()).pupil),
        CLOSED: named(places.former_child),
        CONFLICT: named(places.child_of_staff()),
    }


def _for_each(found: Any, **more: Any) -> Any:
    """A thing, or each role's thing, with something more said of it."""
    if any(isinstance(key, Role) for key in found):
        return {role: _for_each(one, **more) for role, one in found.items()}
    return {**found, **more}


def _withheld(pupils: Things, reader: Actor) -> Things:
    """A reading of a report about the pupil, kept from its guardians."""
    found: Things = {}
    for relation, one in pupils.items():
        pupil = one.get(Role.PSYCHOLOGIST, one)
        obj = f"record:{pupil['pk']}"  # unknown, so withheld
        record(action="read", actor_id=reader.user.pk, role=reader.role, obj=obj, pupil_id=pupil["pk"])
        found[relation] = {"pk": pupil["pk"], "obj": obj}
    return found


def _classes(places: Places) -> Things:
    today, school = timezone.localdate(), places.here.school
    year = SchoolYearFactory.create(
        region=school.district.region, starts_on=today - timedelta(days=700), ends_on=today - timedelta(days=330)
    )
    return {
        OWN: {"pk": places.here.own_class.pk},
        SAME_SCHOOL: {"pk": places.here.next_class.pk},
        OTHER_SCHOOL: {"pk": places.there.own_class.pk},
        CLOSED: {"pk": SchoolClassFactory.create(school=school, year=year).pk},
    }


def _drafts(places: Places) -> Things:
    def draft(unit: Unit) -> ImportDraft:
        who = actor(Role.SCHOOL_ADMIN, school=unit.school)
        return keep_draft(who, unit.school, name="roll.csv", content=ROLL.encode(), is_full_roll=False)

    applied = draft(places.here)
    apply_import(places[Role.SYSTEM_ADMIN], applied.pk)
    return {
        OWN: {"pk": draft(places.here).pk},
        OTHER_SCHOOL: {"pk": draft(places.there).pk},
        CLOSED: {"pk": applied.pk},
    }


def _memberships(places: Places) -> Things:
    yesterday = timezone.localdate() - timedelta(days=1)

    def ended(who: Actor) -> Membership:
        ended_role: Membership = MembershipFactory.create(
            user=who.user, role=Role.TEACHER, school=places.here.school, ends_on=yesterday
        )
        return ended_role

    return {
        OWN: {role: {"pk": places[role].membership.pk} for role in Role},
        OTHER_SCHOOL: {"pk": places.there.colleague.membership.pk},
        CLOSED: {role: {"pk": ended(places[role]).pk} for role in Role},
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
        OTHER_SCHOOL: without_account(places.there.pupil()),
        CLOSED: {"pk": GuardianshipFactory.create(pupil=places.here.pupil()).guardian_id},
        CONFLICT: without_account(places.child_of_staff()),
    }


def _adults(places: Places) -> Things:
    born = places.grown.birth_date
    return {
        OWN: {"pk": places.here.pupil(birth_date=born).pk},
        SAME_SCHOOL: {"pk": places.child.pk},  # not of age
        OTHER_SCHOOL: {"pk": places.there.pupil(birth_date=born).pk},
        CLOSED: {"pk": places.grown.pk},  # has an account
    }


def _proposals(places: Places) -> Things:
    here, there = places.here, places.there
    closed = _proposed(here.colleague, here.pupil())
    approve_exclusion(places[Role.LEAD_PSYCHOLOGIST], closed.pk)
    return {
        OWN: {"pk": _proposed(here.colleague, here.pupil()).pk},
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

    return {
        OWN: excluded(places.here, places.here.pupil()),
        OTHER_SCHOOL: excluded(places.there, places.there.pupil()),
        CONFLICT: excluded(places.here, places.child_of_staff()),
    }


def _requests(places: Places) -> Things:
    def asked(pupil: Pupil) -> Thing:
        return {"pk": ask(parent_of(pupil), pupil_id=pupil.pk, kind="human_review", words=WORDS).pk}

    closed = asked(places.here.pupil())
    answer_request(places[Role.LEAD_PSYCHOLOGIST], closed["pk"], "Человек проверил вывод")
    return {
        OWN: asked(places.here.pupil()),
        OTHER_SCHOOL: asked(places.there.pupil()),
        CLOSED: closed,
        CONFLICT: asked(places.child_of_staff()),
    }


def _council_reports(places: Places) -> Things:
    quarter = finished_quarters(timezone.localdate(), 2)[1]

    def released(unit: Unit) -> Thing:
        region = unit.school.district.region
        chair = actor(Role.COUNCIL_CHAIR, region=region)
        return {"pk": compose_report(chair, region=region, quarter=quarter).pk}

    return {OWN: released(places.here), OTHER_SCHOOL: released(places.there)}
