"""Photos on a report are seen by those who read its words, and added by those who decide."""

from django.core.files.uploadedfile import SimpleUploadedFile

from caseflow.directory.enums import Role
from tests.access.cells import ASSIGNED, SAME_SCHOOL, Cell, cell, each, only, within
from tests.incidents.anonymous_factories import photo

LEAD = Role.LEAD_PSYCHOLOGIST
WORDS_READERS = (Role.PSYCHOLOGIST, Role.SOCIAL_PEDAGOGUE, Role.PRINCIPAL)

TABLE: list[Cell] = [
    cell(
        "incidents:photo",
        "GET",
        "photo",
        allow={**each(WORDS_READERS, within(200, same_school=404)), LEAD: only(200, ASSIGNED, SAME_SCHOOL)},
    ),
    cell(
        "incidents:photos",
        "POST",
        "photo",
        allow={Role.PSYCHOLOGIST: within(302, same_school=404), LEAD: only(302, ASSIGNED, SAME_SCHOOL)},
        sends=lambda _asked: {"pictures": SimpleUploadedFile("a.jpg", photo(), "image/jpeg")},
    ),
]
