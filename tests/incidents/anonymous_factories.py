"""Reports without a name for tests, sent the way the product sends them. Everything is invented."""

import secrets
from io import BytesIO
from typing import Any

from PIL import Image

from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import School
from caseflow.incidents.enums import Category
from caseflow.incidents.models import Incident, SchoolLink
from caseflow.incidents.services.anonymous import Said, Taken, renew_link, report_anonymously, say
from caseflow.incidents.services.anonymous.passes import FormPass
from caseflow.incidents.services.pictures import Drawn
from caseflow.records.pictures import redrawn
from tests.directory.factories import actor

WORDS = "Меня ждут за гаражами каждый день"
LATER = "Сегодня было то же самое"


def link_for(school: School, admin: Actor | None = None) -> SchoolLink:
    """A fresh address of the school; an older one stops."""
    return renew_link(admin or actor(Role.SCHOOL_ADMIN, school=school))


def fresh_form(bits: int = 0) -> FormPass:
    """A form as a device has it; 0 bits: whatever it answers is work enough."""
    return FormPass(secrets.token_urlsafe(16), bits)


def taken(link: SchoolLink, form: FormPass | None = None, proof: str | None = None, **facts: Any) -> Taken:
    """A report without a name, from a device that did the work."""
    said: dict[str, Any] = {"category": Category.BULLYING, "words": WORDS}
    proof = ".".join("0" * 16) if proof is None else proof
    return report_anonymously(link, form or fresh_form(), Said(**said | facts), proof=proof)


def anonymous_report(school: School, **facts: Any) -> Incident:
    """A report without a name at a school."""
    return taken(link_for(school), **facts).incident


def written(incident: Incident, words: str = LATER, **facts: Any) -> None:
    """A message of the reporter."""
    assert incident.channel is not None
    say(incident.channel, secrets.token_urlsafe(8), Said(words=words, **facts))


def photo(form: str = "JPEG", **options: Any) -> bytes:
    """A small picture as a phone sends it."""
    out = BytesIO()
    Image.new("RGB", (30, 20), "navy").save(out, format=form, **options)
    return out.getvalue()


def drawn_photo() -> Drawn:
    return Drawn(*redrawn(photo()))
