from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import School
from caseflow.incidents.enums import Category, PartyRole
from caseflow.incidents.forms import MINUTES
from caseflow.incidents.models import Incident, LegalAssessment
from tests.directory.factories import AgencyFactory, SchoolFactory, actor, signed_in
from tests.incidents.factories import PLACE, WORDS, accused, harmed, officer_for, reported, teacher_at
from tests.triage.factories import pupil_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return SchoolFactory.create()


@pytest.fixture
def psychologist(school: School) -> Actor:
    return actor(Role.PSYCHOLOGIST, school=school)


@pytest.fixture
def teacher(school: School, psychologist: Actor) -> Actor:
    return teacher_at(school)


def minutes_ago(minutes: int) -> str:
    return timezone.localtime(timezone.now() - timedelta(minutes=minutes)).strftime(MINUTES)


def typed(**more: object) -> dict[str, object]:
    return {"category": "violence", "occurred_at": minutes_ago(60), "place": PLACE, "words": WORDS} | more


def test_a_report_with_several_pupils_is_taken_and_says_who_reads_it(
    school: School, teacher: Actor, psychologist: Actor
) -> None:
    one, two = pupil_at(school), pupil_at(school)
    said = typed(party_pupil=[str(one.pk), str(two.pk), ""], party_role=["harmed", "said_to_have_harmed", "witness"])
    page = signed_in(teacher).post(reverse("incidents:create"), said, follow=True)
    incident = Incident.objects.get()
    assert page.redirect_chain == [(reverse("incidents:sent", args=[incident.pk]), 302)]
    assert f"Report no. {incident.number} is sent" in page.content.decode()
    assert psychologist.user.short_name in page.content.decode()
    roles = {(party.pupil_id, party.role) for party in incident.parties.all()}
    assert roles == {(one.pk, "harmed"), (two.pk, "said_to_have_harmed"), (None, "witness")}


def test_a_class_teacher_reports_for_the_school_of_the_class(school: School, psychologist: Actor) -> None:
    pupil = pupil_at(school)
    who = actor(Role.CLASS_TEACHER, school_class=pupil.school_class)
    answer = signed_in(who).post(reverse("incidents:create"), typed(party_pupil=[str(pupil.pk)], party_role=["harmed"]))
    assert answer.status_code == 302
    assert Incident.objects.get().school == school


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"occurred_at": minutes_ago(-60 * 24)}, "The time lies in the future"),
        ({"words": ""}, "This field is required"),
        ({"category": ""}, "This field is required"),
        ({"police_informed": "on"}, "Say when the police were informed"),
        ({"party_pupil": ["not-a-uuid"], "party_role": ["harmed"]}, "Say for everybody"),
        ({"party_pupil": [""], "party_role": ["murderer"]}, "Say for everybody"),
        ({"party_pupil": ["", ""], "party_role": ["harmed"]}, "Say for everybody"),
    ],
)
def test_a_wrong_report_comes_back_as_typed_and_nothing_is_kept(
    teacher: Actor, wrong: dict[str, object], said: str
) -> None:
    answer = signed_in(teacher).post(reverse("incidents:create"), typed(**wrong))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert PLACE in answer.content.decode()
    assert not Incident.objects.exists()


def test_a_refused_report_keeps_the_pupils_named(school: School, teacher: Actor) -> None:
    pupil = pupil_at(school)
    answer = signed_in(teacher).post(
        reverse("incidents:create"), typed(words="", party_pupil=[str(pupil.pk)], party_role=["witness"])
    )
    assert pupil.short_name in answer.content.decode()
    assert answer.context["rows"][0].role == PartyRole.WITNESS


def test_a_pupil_of_another_school_is_refused_without_telling_the_name(teacher: Actor) -> None:
    stranger = pupil_at(SchoolFactory.create())
    said = typed(party_pupil=[str(stranger.pk)], party_role=["harmed"])
    answer = signed_in(teacher).post(reverse("incidents:create"), said)
    assert answer.status_code == 422
    assert stranger.last_name not in answer.content.decode()
    row = signed_in(teacher).get(reverse("incidents:party"), {"pupil": str(stranger.pk)})
    assert stranger.last_name not in row.content.decode()


def test_naming_an_employee_needs_the_tick(school: School, teacher: Actor) -> None:
    colleague = teacher_at(school)
    client = signed_in(teacher)
    refused = client.post(reverse("incidents:create"), typed(employee=colleague.user.pk))
    assert "Tick this" in refused.content.decode()
    client.post(reverse("incidents:create"), typed(employee=colleague.user.pk, about_staff="on"))
    assert Incident.objects.get().parties.get().employee == colleague.user


def test_pupils_are_searched_by_name(school: School, teacher: Actor) -> None:
    pupil = pupil_at(school, last_name="Тасболатова")
    client = signed_in(teacher)
    assert pupil.short_name in client.get(reverse("incidents:pupils"), {"q": "Тасб"}).content.decode()
    assert "Nobody found" in client.get(reverse("incidents:pupils"), {"q": "Та"}).content.decode()


def test_the_list_narrows_by_state_and_category(teacher: Actor, psychologist: Actor) -> None:
    conflict, violence = reported(teacher, category=Category.CONFLICT), reported(teacher)
    client = signed_in(psychologist)
    for query, expected in (
        ({}, [violence, conflict]),
        ({"category": "conflict"}, [conflict]),
        ({"state": "open"}, [violence, conflict]),
        ({"state": "closed"}, []),
        ({"category": "nonsense", "state": "nonsense"}, [violence, conflict]),
    ):
        assert list(client.get(reverse("incidents:list"), query).context["page"]) == expected


def queries_of(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize("name", ["list", "mine", "legal"])
def test_the_number_of_queries_is_the_same_for_one_row_and_for_thirty(
    school: School, teacher: Actor, psychologist: Actor, name: str
) -> None:
    who = {"list": psychologist, "mine": teacher, "legal": officer_for(school)}[name]
    client, url = signed_in(who), reverse(f"incidents:{name}")
    reported(teacher, harmed(pupil_at(school)), accused(pupil_at(school)))
    client.get(url)  # the first request of a session writes when it was
    few = queries_of(client, url)
    for _each in range(29):
        reported(teacher, harmed(pupil_at(school)), accused(pupil_at(school)))
    assert len(client.get(url).context["page"]) == 30
    assert queries_of(client, url) == few


def test_the_detail_shows_the_way_back_to_the_queue_and_records_the_police(teacher: Actor, psychologist: Actor) -> None:
    incident, client = reported(teacher), signed_in(psychologist)
    assert "Decide in Today" in client.get(reverse("incidents:detail", args=[incident.pk])).content.decode()
    url = reverse("incidents:police", args=[incident.pk])
    assert client.post(url, {"at": minutes_ago(60 * 24)}).status_code == 422
    assert client.post(url, {"at": minutes_ago(5)}).status_code == 302
    assert Incident.objects.get(pk=incident.pk).police_informed_by == psychologist.user


def test_the_item_of_the_queue_leads_to_its_report(teacher: Actor, psychologist: Actor) -> None:
    incident = reported(teacher)
    answer = signed_in(psychologist).get(reverse("incidents:of-item", args=[incident.triage_item_id]))
    assert answer["Location"] == reverse("incidents:detail", args=[incident.pk])


def test_established_is_recorded_from_the_page(school: School, teacher: Actor, psychologist: Actor) -> None:
    incident = reported(teacher, accused(pupil_at(school)))
    party, client = incident.parties.get(), signed_in(psychologist)
    url = reverse("incidents:established", args=[incident.pk])
    assert client.post(url, {"party": party.pk, "established": "perhaps"}).status_code == 422
    party.refresh_from_db()
    assert party.established is None
    client.post(url, {"party": party.pk, "established": "yes"})
    party.refresh_from_db()
    assert party.established is True


def test_the_officer_gives_the_assessment_from_the_page(school: School, teacher: Actor) -> None:
    incident, client = reported(teacher), signed_in(officer_for(school))
    url = reverse("incidents:legal-incident", args=[incident.pk])
    assert client.post(url, {"conclusion": "", "text": ""}).status_code == 422
    assert client.post(url, {"conclusion": "prevention", "text": "Материал собран"}).status_code == 302
    assert LegalAssessment.objects.get().incident == incident
    again = client.post(url, {"conclusion": "crime", "text": "Иначе"}, follow=True)
    assert "is there already" in again.content.decode()
    assert list(client.get(reverse("incidents:legal"), {"done": "1"}).context["page"]) == [incident]


def test_a_search_for_nobody_in_particular_adds_a_person_not_known(teacher: Actor) -> None:
    assert "Person not known" in signed_in(teacher).get(reverse("incidents:party")).content.decode()


def test_changes_to_another_schools_report_find_nothing(teacher: Actor) -> None:
    incident, stranger = reported(teacher), signed_in(actor(Role.PSYCHOLOGIST, school=SchoolFactory.create()))
    for name in ("police", "established"):
        for said in ({}, {"at": minutes_ago(5), "party": str(incident.pk), "established": "yes"}):
            assert stranger.post(reverse(f"incidents:{name}", args=[incident.pk]), said).status_code == 404


def test_the_police_time_before_the_incident_is_refused_on_the_page(teacher: Actor, psychologist: Actor) -> None:
    incident = reported(teacher)
    answer = signed_in(psychologist).post(reverse("incidents:police", args=[incident.pk]), {"at": minutes_ago(60 * 24)})
    assert (answer.status_code, "between the incident and now" in answer.content.decode()) == (422, True)


def test_a_wordless_legal_assessment_is_refused_on_the_page(school: School, teacher: Actor) -> None:
    incident, client = reported(teacher), signed_in(officer_for(school))
    url = reverse("incidents:legal-incident", args=[incident.pk])
    assert client.post(url, {"conclusion": "crime", "text": "   "}).status_code == 422
    assert not LegalAssessment.objects.exists()


def test_who_reaches_no_school_has_no_form() -> None:
    nowhere = actor(Role.TEACHER, agency=AgencyFactory.create())
    assert signed_in(nowhere).get(reverse("incidents:create")).status_code == 404


def test_a_report_about_staff_says_that_only_the_lead_reads_it(school: School, teacher: Actor) -> None:
    lead = actor(Role.LEAD_PSYCHOLOGIST, district=school.district)
    page = signed_in(teacher).post(reverse("incidents:create"), typed(about_staff="on"), follow=True)
    assert "The lead psychologist, nobody at the school" in page.content.decode()
    assert lead.user.short_name in page.content.decode()
