"""Pupils, classes, lessons, rolls, memberships and council reports.

pupil         OWN the child of the parent and of nobody else, the grown pupil for the role pupil; ASSIGNED the one of
              the granted case; SAME_SCHOOL of the other class; CLOSED has left the school, and was once in the
              parent's care; CONFLICT the child of the staff. purpose, withheld: of these pupils.
class_        OWN the class teacher's; CLOSED of a past year; CONFLICT that of the own child and nobody else.
lesson        of these classes.
draft         OWN uploaded by the person; SAME_SCHOOL by somebody else; CLOSED is applied; CONFLICT lists the own child.
membership    OWN the one acted in; SAME_SCHOOL a colleague's; CLOSED an own one that has ended.
school        the own one, and another.
council       a released report of the region, OWN composed by the person, SAME_SCHOOL by somebody else; OTHER_SCHOOL
              of another region.
indicator     an indicator that the region added, OWN by the person, SAME_SCHOOL by somebody else; OTHER_SCHOOL of
              another region.
"""

from datetime import time, timedelta
from typing import Any

from django.utils import timezone

from caseflow.audit.services import record
from caseflow.coordination.models import Report
from caseflow.coordination.selectors import subject_of
from caseflow.coordination.services import compose_report
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import ImportDraft, LessonSlot, Membership, Pupil, SchoolClass
from caseflow.directory.services.imports import apply_import, keep_draft
from caseflow.indicators.rules.own import Texts
from caseflow.indicators.rules.periods import Period, finished_quarters
from caseflow.indicators.rules.readers import DECIDERS
from caseflow.indicators.services import add_own
from caseflow.signing.models import Round, Signature, Signer
from tests.access.cells import ASSIGNED, CLOSED, CONFLICT, OTHER_SCHOOL, OWN, SAME_SCHOOL, Relation
from tests.access.places import Places, Thing, Things, Unit
from tests.directory.factories import GuardianshipFactory, LessonSlotFactory, MembershipFactory, actor

ROLL = "Номер;Фамилия;Имя;Дата рождения;Пол;Класс\n901;Импортова;Дана;05.03.2013;ж;7Б"
IMPORTERS = (Role.SCHOOL_ADMIN, Role.SYSTEM_ADMIN)


def fill(places: Places) -> None:
    """Make the objects of this module."""
    pupils = _pupils(places)
    places.things |= {
        "pupil": pupils,
        "class_": _classes(places),
        "purpose": {relation: _for_each(found, purpose="routine_screening") for relation, found in pupils.items()},
        "withheld": _withheld(pupils, places.here.colleague),
        "lesson": _lessons(places),
        "draft": _drafts(places),
        "membership": _memberships(places),
        "school": {
            OWN: {"school": places.here.school.pk, "pk": places.here.school.pk},
            OTHER_SCHOOL: {"school": places.there.school.pk, "pk": places.there.school.pk},
        },
        "council": _council_reports(places),
        "indicator": _indicators(places),
    }


def _pupils(places: Places) -> Things:
    def named(pupil: Pupil) -> Thing:
        guardianship = pupil.guardianships.first()
        return {"pk": pupil.pk, "pupil": pupil.pk, "guardian": guardianship.guardian_id if guardianship else None}

    next_pupil = GuardianshipFactory.create(pupil=places.here.next_pupil()).pupil
    GuardianshipFactory.create(pupil=places.granted_child)
    everybody = dict.fromkeys(Role, named(places.child))
    return {
        OWN: everybody | {Role.PUPIL: named(places.grown)},
        ASSIGNED: named(places.granted_child),
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


def _of_each_class(places: Places) -> dict[Relation, SchoolClass]:
    here = places.here
    return {
        OWN: here.own_class,
        SAME_SCHOOL: here.next_class,
        OTHER_SCHOOL: places.there.own_class,
        CLOSED: here.past_class,
        CONFLICT: places.childs_class,
    }


def _classes(places: Places) -> Things:
    return {relation: {"pk": its.pk} for relation, its in _of_each_class(places).items()}


def _lessons(places: Places) -> Things:
    def evening_of(school_class: SchoolClass) -> LessonSlot:
        lesson: LessonSlot = LessonSlotFactory.create(
            school_class=school_class, starts_at=time(18), ends_at=time(18, 45)
        )
        return lesson

    return {relation: {"pk": evening_of(its).pk} for relation, its in _of_each_class(places).items()}


def _drafts(places: Places) -> Things:
    here, there = places.here, places.there
    clerk = actor(Role.SCHOOL_ADMIN, school=here.school)

    def draft(who: Actor, unit: Unit, roll: str = ROLL) -> ImportDraft:
        return keep_draft(who, unit.school, name="roll.csv", content=roll.encode(), is_full_roll=False)

    applied = draft(clerk, here)
    apply_import(places[Role.SYSTEM_ADMIN], applied.pk)
    with_own_child = ROLL.replace("901", places.child_of_staff().number)
    return {
        OWN: {role: {"pk": draft(places[role], here).pk} for role in IMPORTERS},
        SAME_SCHOOL: {"pk": draft(clerk, here).pk},
        OTHER_SCHOOL: {"pk": draft(actor(Role.SCHOOL_ADMIN, school=there.school), there).pk},
        CLOSED: {"pk": applied.pk},
        CONFLICT: {"pk": draft(clerk, here, with_own_child).pk},
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
        SAME_SCHOOL: {"pk": places.here.colleague.membership.pk},
        OTHER_SCHOOL: {"pk": places.there.colleague.membership.pk},
        CLOSED: {role: {"pk": ended(places[role]).pk} for role in Role},
    }


def _council_reports(places: Places) -> Things:
    _next, *earlier = finished_quarters(timezone.localdate(), 4)  # the newest is left for the route that composes

    def released(unit: Unit, quarter: Period, who: Actor | None = None) -> Thing:
        region = unit.school.district.region
        composer = who or actor(Role.COUNCIL_CHAIR, region=region)
        report = compose_report(composer, region=region, period=quarter)
        signature = _signed(report, composer)
        return {"pk": report.pk, "form": "csv", "signature": signature.pk, "signer": signature.signer_id}

    return {
        OWN: {
            role: released(places.here, quarter, places[role]) for role, quarter in zip(DECIDERS, earlier, strict=False)
        },
        SAME_SCHOOL: released(places.here, earlier[2]),
        OTHER_SCHOOL: released(places.there, earlier[0]),
    }


def _signed(report: Report, asked_by: Actor) -> Signature:
    """Somebody else of the council was asked, and signed with a key."""
    other = actor(Role.COUNCIL_MEMBER, region=report.release.region).user
    begun = Round.objects.create(subject=subject_of(report), sha256=report.sha256, begun_by=asked_by.user)
    signer = Signer.objects.create(round=begun, place=1, user=other, name="x", position="x")
    return Signature.objects.create(
        signer=signer, by=other, answer="signed", means="key", sha256=report.sha256, cms=b"x", serial="1"
    )


def _indicators(places: Places) -> Things:
    kinds = iter(
        (("violence", "conflict"), ("violence", "extortion"), ("extortion", "conflict"), ("other", "conflict"))
    )

    def added(unit: Unit, who: Actor | None = None) -> Thing:
        region = unit.school.district.region
        texts = dict.fromkeys(("kk", "ru", "en"), "x")
        row = add_own(
            who or actor(Role.COUNCIL_CHAIR, region=region),
            region,
            source="incidents",
            values=list(next(kinds)),
            texts=Texts(texts, texts),
            effective_from=timezone.localdate(),
        )
        return {"code": row.code}

    return {
        OWN: {role: added(places.here, places[role]) for role in DECIDERS},
        SAME_SCHOOL: added(places.here),
        OTHER_SCHOOL: added(places.there),
    }
