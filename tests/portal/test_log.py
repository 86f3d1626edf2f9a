import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.http import Http404
from django.urls import reverse
from django.utils import timezone, translation

from caseflow.audit.models import AuditEntry
from caseflow.audit.services import record
from caseflow.cases.services import open_case
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Pupil
from caseflow.incidents.enums import Category
from caseflow.portal.rules import is_reading, may_learn, subject_of
from caseflow.portal.selectors import access_log, withheld
from caseflow.portal.services import export, release
from caseflow.triage.models import TriageItem
from caseflow.triage.services import decide
from tests.directory.factories import PupilFactory, actor, parent_of, signed_in
from tests.incidents.factories import harmed, reported, teacher_at
from tests.triage.factories import item_at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def pupil() -> Pupil:
    return PupilFactory.create()


@pytest.fixture
def parent(pupil: Pupil) -> Actor:
    return parent_of(pupil)


@pytest.fixture
def psychologist(pupil: Pupil) -> Actor:
    return actor(Role.PSYCHOLOGIST, school=pupil.school)


def read(who: Actor, obj: str, pupil: Pupil, days_ago: float = 20, action: str = "read") -> None:
    """An entry as old as that. Entries are never changed by the product; a test may travel in time."""
    entry = record(action=action, actor_id=who.user.pk, role=who.role, obj=obj, pupil_id=pupil.pk)
    AuditEntry.objects.filter(pk=entry.pk).update(at=timezone.now() - timedelta(days=days_ago))


def test_a_reading_appears_after_fourteen_days_for_every_guardian_alike(
    pupil: Pupil, parent: Actor, psychologist: Actor
) -> None:
    for days_ago in (13.9, 14.1, 30):
        read(psychologist, f"pupil {pupil.pk}", pupil, days_ago)
    other = parent_of(pupil)

    seen = [(line.who, str(line.what)) for line in access_log(parent, pupil)]

    assert seen == [(psychologist.user, "the pupil's card")] * 2
    assert [line.at for line in access_log(other, pupil)] == [line.at for line in access_log(parent, pupil)]


@pytest.fixture
def incident(pupil: Pupil) -> str:
    """A report about the pupil, as the log names it."""
    return f"incident:{reported(teacher_at(pupil.school), harmed(pupil), category=Category.CONFLICT).pk}"


@pytest.mark.parametrize("kind", ["incident", "triage", "incidents.Incident/1", "something new"])
def test_what_touches_an_incident_or_is_unknown_is_withheld_until_somebody_releases_it(
    pupil: Pupil, parent: Actor, psychologist: Actor, incident: str, kind: str
) -> None:
    item = TriageItem.objects.get()
    obj = {"incident": incident, "triage": f"triage:{item.pk}"}.get(kind, kind)
    read(psychologist, obj, pupil)
    assert access_log(parent, pupil) == []
    assert [(row.pupil, row.obj) for row in withheld(psychologist)] == [(pupil, obj)]

    release(psychologist, pupil_id=pupil.pk, obj=obj)

    assert len(access_log(parent, pupil)) == 1
    assert withheld(psychologist) == []


def test_a_case_linked_with_an_incident_is_withheld_and_another_case_is_not(
    pupil: Pupil, parent: Actor, psychologist: Actor
) -> None:
    case = open_case(psychologist, pupil_id=pupil.pk, reason="An invented reason that is long enough")
    AuditEntry.objects.all().delete()
    read(psychologist, f"cases.Case/{case.pk}", pupil, action="case_read")
    assert [str(line.what) for line in access_log(parent, pupil)] == ["the case"]

    TriageItem.objects.filter(pk=item_at(pupil.school, pupil).pk).update(case=case)

    assert access_log(parent, pupil) == []


def test_writing_own_visits_other_guardians_and_the_machine_are_no_readings(
    pupil: Pupil, parent: Actor, psychologist: Actor
) -> None:
    read(parent, f"pupil {pupil.pk}", pupil)
    read(parent_of(pupil), f"pupil {pupil.pk}", pupil)
    read(psychologist, f"pupil {pupil.pk}", pupil, action="consent.dissent")
    record(action="read", actor_id=None, role="", obj=f"pupil {pupil.pk}", pupil_id=pupil.pk)

    assert access_log(parent, pupil) == []


@pytest.mark.parametrize("obj", ["incident:1", "triage:1"])
def test_an_entry_that_names_nothing_the_psychologist_may_open_is_not_offered_for_release(
    pupil: Pupil, parent: Actor, psychologist: Actor, obj: str
) -> None:
    read(psychologist, obj, pupil)

    assert "Nothing is withheld" in signed_in(psychologist).get(reverse("portal:withheld")).content.decode()


def test_only_what_is_withheld_in_ones_own_school_can_be_released(
    pupil: Pupil, psychologist: Actor, incident: str
) -> None:
    parent_of(pupil)
    read(psychologist, incident, pupil)

    with pytest.raises(Http404):
        release(psychologist, pupil_id=pupil.pk, obj=f"incident:{pupil.pk}")
    with pytest.raises(Http404):
        release(actor(Role.PSYCHOLOGIST, school=PupilFactory.create().school), pupil_id=pupil.pk, obj=incident)


def test_a_report_about_staff_is_not_even_named_to_the_school(pupil: Pupil, parent: Actor, psychologist: Actor) -> None:
    lead = actor(Role.LEAD_PSYCHOLOGIST, district=pupil.school.district)
    about = reported(teacher_at(pupil.school), harmed(pupil), about_staff=True)
    obj = f"incident:{about.pk}"
    read(lead, obj, pupil)

    assert str(about.pk) not in signed_in(psychologist).get(reverse("portal:withheld")).content.decode()
    with pytest.raises(Http404):
        release(psychologist, pupil_id=pupil.pk, obj=obj)
    assert access_log(parent, pupil) == []


def test_the_release_of_a_case_ends_with_the_next_incident_linked_to_it(
    pupil: Pupil, parent: Actor, psychologist: Actor, incident: str
) -> None:
    case = decide(psychologist, item_id=TriageItem.objects.get().pk, decision="open_case").case
    assert case is not None
    obj = f"cases.Case/{case.pk}"
    read(psychologist, obj, pupil, action="case_read")
    release(psychologist, pupil_id=pupil.pk, obj=obj)
    assert len(access_log(parent, pupil)) == 1

    later = reported(teacher_at(pupil.school), harmed(pupil), category=Category.DOMESTIC_VIOLENCE)
    decide(psychologist, item_id=later.triage_item_id, decision="link", case_id=case.pk)

    assert access_log(parent, pupil) == []
    assert [row.obj for row in withheld(psychologist)] == [obj]


def test_the_psychologist_releases_through_the_page(
    pupil: Pupil, parent: Actor, psychologist: Actor, incident: str
) -> None:
    read(psychologist, incident, pupil)
    client = signed_in(psychologist)

    assert incident in client.get(reverse("portal:withheld")).content.decode()
    assert client.post(reverse("portal:release", args=[pupil.pk]), {"obj": incident}).status_code == 302
    assert "Nothing is withheld" in client.get(reverse("portal:withheld")).content.decode()
    assert psychologist.user.short_name in signed_in(parent).get(reverse("portal:home")).content.decode()
    assert signed_in(parent).get(reverse("portal:withheld")).status_code == 403


def test_the_export_lags_as_the_page_does(pupil: Pupil, parent: Actor, psychologist: Actor) -> None:
    read(psychologist, f"pupil {pupil.pk}", pupil, 20)
    read(psychologist, f"pupil {pupil.pk}", pupil, 3)
    read(psychologist, "incident:1", pupil, 20)

    content = export(parent, pupil.pk)

    assert len(content["log"]) == 1
    assert content["log"][0]["who"] == psychologist.user.short_name
    assert json.loads(json.dumps(content)) == content


@pytest.mark.parametrize(
    ("obj", "subject"),
    [("cases.Case/1f", "cases.Case"), ("pupil 1f", "pupil"), ("incident:1f", "incident"), ("cases.Task", "cases.Task")],
)
def test_an_entry_is_about_one_kind_of_thing(obj: str, subject: str) -> None:
    assert subject_of(obj) == subject


def test_the_rule_withholds_unless_known_harmless_or_released() -> None:
    assert may_learn("pupil 1", frozenset(), frozenset())
    assert not may_learn("incident:1", frozenset(), frozenset())
    assert may_learn("incident:1", frozenset(), frozenset({"incident:1"}))
    assert not may_learn("cases.Case/1", frozenset({"cases.Case/1"}), frozenset())
    assert [is_reading(action) for action in ("read", "case_read", "read_only_write", "consent.given")] == [
        True,
        True,
        False,
        False,
    ]
