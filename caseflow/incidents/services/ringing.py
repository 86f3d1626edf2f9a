"""Somebody is in danger now: whoever is on duty is rung."""

from django.urls import reverse

from caseflow.directory.enums import Role
from caseflow.directory.selectors import leads_over_school, members_of_school, recipients
from caseflow.incidents.models import Incident
from caseflow.incidents.services.checking import users_concerned
from notifications.enums import AlertKind
from notifications.services import alert


def ring_duty(incident: Incident) -> int:
    """Ring those on duty for a report of danger, in the caller's transaction; returns how many.

    The psychologists and the leads come to the report, the duty person to what they are told. Of a report about staff
    nobody at the school learns, and of no report those it names or whose children it names (rule 10b).
    """
    school = incident.school
    leads, nobody = leads_over_school(school), members_of_school(school, [])
    at_school = nobody if incident.about_staff else members_of_school(school, [Role.PSYCHOLOGIST])
    on_duty = nobody if incident.about_staff else members_of_school(school, [Role.DUTY_PERSON])
    readers = recipients(at_school) + recipients(leads)
    page = reverse("incidents:detail", args=[incident.pk])
    return _ring(incident, readers, page) + _ring(incident, recipients(on_duty), reverse("home"))


def _ring(incident: Incident, people: list[tuple[int, int | None]], page: str) -> int:
    concerned = users_concerned(incident.parties.all())
    return alert(
        recipients=[pair for pair in people if pair[0] not in concerned],
        kind=AlertKind.INCIDENT_NEW,
        params={"category": incident.triage_item.title_code, "school": incident.school.names},
        url=page,
    )
