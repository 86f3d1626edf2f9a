"""After a loss: psychologists of the school and the leads above; the head sees steps and messages, never whom it
touches."""

from datetime import timedelta

from django.utils import timezone

from caseflow.directory.enums import Role
from tests.access.cells import CLOSED, OWN, Asked, Cell, Sent, api, cell, each, only, within

PSYCHOLOGIST, LEAD, PRINCIPAL = Role.PSYCHOLOGIST, Role.LEAD_PSYCHOLOGIST, Role.PRINCIPAL
AROUND, COUNSELLORS = (PSYCHOLOGIST, LEAD, PRINCIPAL), (PSYCHOLOGIST, LEAD)
WORDS = {"text": "Сделано вчера"}
DAY = {"on": timezone.localdate().isoformat()}
TALK = DAY | {"needs_support": "yes"}
TALK_BY_API = DAY | {"needs_support": True}
MESSAGE = {"text": "Мы скорбим. 111, 112", "seen": "0"}
BEGIN = {"audience": "staff", "language": "ru"}
TEXTS = {"kk": "111", "ru": "111", "en": "111"}
# The head of the region writes and approves templates, and the lead here is a district's.
SEEN = only(200, OWN, CLOSED)
WRITTEN = only(403, OWN, CLOSED, other_school=403)


def _day(_asked: Asked) -> Sent:
    return {"day": (timezone.localdate() + timedelta(days=30)).isoformat(), "label": "Последний звонок"}


def _pupils(asked: Asked) -> Sent:
    return {"pupils": [str(asked.places.child.pk)], "circle": "friend", "reason": "Дружили"}


def _opened(asked: Asked) -> Sent:
    school = asked.places.here.school.pk
    return {"school_id": school, "who": "staff", "died_on": timezone.localdate().isoformat(), "name": "Учитель"}


TABLE: list[Cell] = [
    cell("postvention:list", "GET", allow=each(AROUND, 200)),
    cell("postvention:new", "GET", allow=each(AROUND, 200)),
    cell("postvention:new", "POST", allow=each(AROUND, 422)),
    cell("postvention:pupils", "POST", allow=each(AROUND, 200)),
    cell("postvention:check", "POST", allow=each(AROUND, 200), sends={"text": "Мы скорбим", "language": "ru"}),
    cell("postvention:templates", "GET", allow=each(AROUND, 200)),
    cell("postvention:template", "GET", "loss_template", allow=each(AROUND, SEEN)),
    cell("postvention:save-template", "POST", "loss_template", allow={LEAD: WRITTEN}),
    cell("postvention:approve-template", "POST", "loss_template", allow={LEAD: WRITTEN}),
    cell("postvention:event", "GET", "loss", allow=each(AROUND, within(200))),
    cell("postvention:do", "POST", "loss", allow=each(AROUND, within(302, closed=422)), sends=WORDS),
    cell("postvention:waive", "POST", "loss", allow=each(AROUND, within(302, closed=422)), sends=WORDS),
    cell("postvention:close", "POST", "loss", allow=each(COUNSELLORS, within(422)), sends=WORDS),
    cell("postvention:add-day", "POST", "loss", allow=each(COUNSELLORS, within(302, closed=422)), sends=_day),
    cell("postvention:ask-help", "POST", "loss", allow=each(COUNSELLORS, within(302, closed=422))),
    cell("postvention:take-help", "POST", "loss", allow=each(COUNSELLORS, within(422))),
    cell("postvention:record-death", "POST", "loss", allow=each(COUNSELLORS, within(302, closed=422)), sends=WORDS),
    cell("postvention:confirm-death", "POST", "loss", allow=each(COUNSELLORS, within(422))),
    cell("postvention:undo-death", "POST", "loss", allow=each(COUNSELLORS, within(422)), sends=WORDS),
    cell("postvention:affected", "GET", "loss", allow=each(COUNSELLORS, within(200))),
    cell("postvention:add-affected", "POST", "loss", allow=each(COUNSELLORS, within(302, closed=422)), sends=_pupils),
    # What is refused is said on the page of the list.
    cell("postvention:talk", "POST", "loss", allow=each(COUNSELLORS, within(302)), sends=TALK),
    cell("postvention:parents-told", "POST", "loss", allow=each(COUNSELLORS, within(302)), sends=DAY),
    cell("postvention:give-case", "POST", "loss", allow=each(COUNSELLORS, within(302))),
    cell("postvention:remove-affected", "POST", "loss", allow=each(COUNSELLORS, within(302))),
    cell("postvention:messages", "GET", "loss", allow=each(AROUND, within(200))),
    cell("postvention:begin-message", "POST", "loss", allow=each(AROUND, within(302)), sends=BEGIN),
    cell("postvention:message", "GET", "loss", allow=each(AROUND, within(200))),
    cell("postvention:message", "POST", "loss", allow=each(AROUND, within(422)), sends=MESSAGE),
    cell("postvention:approve-message", "POST", "loss", allow=each(AROUND, within(422)), sends={"seen": "0"}),
    cell("postvention:paper", "GET", "loss", allow=each(AROUND, within(302))),
    api("api:loss-list", "GET", allow=each(AROUND, 200)),
    api("api:loss-list", "POST", allow=each(AROUND, 201), sends=_opened),
    api("api:loss-detail", "GET", "loss", allow=each(AROUND, within(200))),
    api("api:loss-do", "POST", "loss", allow=each(AROUND, within(200, closed=409)), sends=WORDS),
    api("api:loss-waive", "POST", "loss", allow=each(AROUND, within(200, closed=409)), sends=WORDS),
    api("api:loss-close", "POST", "loss", allow=each(COUNSELLORS, within(409)), sends=WORDS),
    api("api:loss-add-day", "POST", "loss", allow=each(COUNSELLORS, within(200, closed=409)), sends=_day),
    api("api:loss-ask-help", "POST", "loss", allow=each(COUNSELLORS, within(200, closed=409))),
    api("api:loss-take-help", "POST", "loss", allow=each(COUNSELLORS, within(409))),
    api("api:loss-record-death", "POST", "loss", allow=each(COUNSELLORS, within(200, closed=409)), sends=WORDS),
    api("api:loss-confirm-death", "POST", "loss", allow=each(COUNSELLORS, within(409))),
    api("api:loss-undo-death", "POST", "loss", allow=each(COUNSELLORS, within(409)), sends=WORDS),
    api("api:affected-detail", "GET", "loss", allow=each(COUNSELLORS, within(200))),
    api("api:affected-add", "POST", "loss", allow=each(COUNSELLORS, within(200, closed=409)), sends=_pupils),
    api("api:affected-talk", "POST", "loss", allow=each(COUNSELLORS, within(200, closed=409)), sends=TALK_BY_API),
    api("api:affected-parents", "POST", "loss", allow=each(COUNSELLORS, within(200, closed=409)), sends=DAY),
    api("api:affected-give-case", "POST", "loss", allow=each(COUNSELLORS, within(409))),
    api("api:affected-remove", "POST", "loss", allow=each(COUNSELLORS, within(204, closed=409))),
    api("api:loss-message-of-loss", "GET", "loss", allow=each(AROUND, within(200))),
    api("api:loss-message-begin", "POST", "loss", allow=each(AROUND, within(201, closed=409)), sends=BEGIN),
    api("api:loss-message-detail", "GET", "loss_message", allow=each(AROUND, within(200))),
    api("api:loss-message-detail", "PUT", "loss_message", allow=each(AROUND, within(409)), sends=MESSAGE),
    api("api:loss-message-approve", "POST", "loss_message", allow=each(AROUND, within(409)), sends={"seen": "0"}),
    api("api:loss-template-list", "GET", allow=each(AROUND, 200)),
    api("api:loss-template-detail", "GET", "loss_template", allow=each(AROUND, SEEN)),
    api(
        "api:loss-template-detail",
        "PUT",
        "loss_template",
        allow={LEAD: WRITTEN},
        sends={"texts": TEXTS, "source": "[P]"},
    ),
    api("api:loss-template-approve", "POST", "loss_template", allow={LEAD: WRITTEN}),
    api("api:wording-check", "POST", allow=each(AROUND, 200), sends={"text": "Мы скорбим"}),
]
