"""What a role must never see: planted words, looked for in whatever the role was let in to read."""

import json
import re
from html import unescape
from io import BytesIO
from typing import Final
from zipfile import ZipFile, is_zipfile

from django.http import HttpResponse
from pdfminer.high_level import extract_text

from analytics.models import Signal
from caseflow.directory.enums import Role
from tests.access.cells import OWN
from tests.access.objects_of_attachments import FILE_NAME
from tests.access.objects_of_bullying import BASIS_OF_FINDING
from tests.access.objects_of_cases import BASIS, FORMULATION, NOTE, WORDS
from tests.access.objects_of_homes import ORDER_NUMBER, SAFE_CONTACT
from tests.access.objects_of_questionnaires import ANSWER
from tests.access.places import CHILD, OTHER_CHILD, REPORTER, Places
from tests.plans.factories import SECRET
from tests.relations.factories import OUTSIDE

OK: Final = 200
PICTURES: Final = (b"\x89PNG", b"\xff\xd8\xff", b"RIFF")
CLINICAL: Final = frozenset(
    {
        "note",
        "basis",
        "formulation",
        "answer",
        "mood value",
        "signal",
        "finding",
        "safe contact",
        "order",
        "plan",
        "file",
        "person around",
    }
)
WORDS_TOO: Final = CLINICAL | {"words"}
EVERYTHING: Final = WORDS_TOO | {"child", "other child", "reporter"}
# "Who may see what", the column "Never". Who is not listed may see all of these where it concerns them.
NEVER: Final = {
    **dict.fromkeys((Role.PROSECUTOR, Role.COUNCIL_CHAIR, Role.COUNCIL_MEMBER, Role.ANALYST), EVERYTHING),
    Role.AGENCY_HEAD: EVERYTHING,
    **dict.fromkeys((Role.POLICE_OPERATOR, Role.DUTY_PERSON, Role.DRILL_OFFICER, Role.PUPIL), EVERYTHING),
    Role.PARENT: EVERYTHING - {"child"},
    Role.AGENCY_OFFICER: CLINICAL | {"reporter"},
    **dict.fromkeys((Role.TEACHER, Role.CLASS_TEACHER, Role.SCHOOL_ADMIN), WORDS_TOO),
    **dict.fromkeys((Role.SYSTEM_ADMIN, Role.DPO), WORDS_TOO),
    **dict.fromkeys((Role.SOCIAL_PEDAGOGUE, Role.PRINCIPAL), CLINICAL),
}


def planted(places: Places) -> dict[str, str]:
    """The words and numbers that give each kind of content away."""
    signal = Signal.objects.get(pk=places.thing("signal", OWN, None)["pk"])
    return {
        "note": NOTE,
        "basis": BASIS,
        "formulation": FORMULATION,
        "answer": ANSWER,
        "words": WORDS,
        "finding": BASIS_OF_FINDING,
        "safe contact": SAFE_CONTACT,
        "order": ORDER_NUMBER,
        "plan": SECRET,
        "file": FILE_NAME,
        "person around": OUTSIDE,
        "child": CHILD,
        "other child": OTHER_CHILD,
        "reporter": REPORTER,
        "mood value": repr(signal.effect),
        "signal": "Sustained shift of mood",
    }


def leaks_in(response: HttpResponse, role: Role | None, words: dict[str, str]) -> list[str]:
    """Which of the planted `words` stand in an answer although the role must never see them."""
    if role not in NEVER or response.status_code != OK:
        return []
    content = text_of(response)
    return [name for name in sorted(NEVER[role]) if words[name] in content]


def text_of(response: HttpResponse) -> str:
    """What the answer says, whatever it is wrapped in."""
    kind = response.headers.get("Content-Type", "")
    if kind.startswith("application/pdf"):
        return extract_text(BytesIO(response.content))
    if response.content.startswith(PICTURES):
        return ""
    if is_zipfile(BytesIO(response.content)):  # a workbook
        with ZipFile(BytesIO(response.content)) as parts:
            return unescape(" ".join(parts.read(name).decode() for name in parts.namelist()))
    content = response.content.decode()
    if kind.startswith("application/json"):
        content = json.dumps(json.loads(content), ensure_ascii=False)
    return re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), content)
