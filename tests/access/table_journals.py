"""Journals are kept by the psychologists of a school, for they hold words about pupils. Plan and report hold none: the
principal reads both and approves the plan. The lead psychologist answers for the forms and takes no journal."""

from datetime import timedelta

from django.utils import timezone

from caseflow.directory.enums import Role
from tests.access.cells import ASSIGNED, CLOSED, Asked, Cell, Sent, api, cell, each, only, within

PSYCHOLOGIST, LEAD, PRINCIPAL = Role.PSYCHOLOGIST, Role.LEAD_PSYCHOLOGIST, Role.PRINCIPAL
READERS = (PSYCHOLOGIST, PRINCIPAL)
READ = {PSYCHOLOGIST: within(200), LEAD: only(200, ASSIGNED, CLOSED)}
WORK = {"asker": "teacher", "theme": "Сон и телефон"}
RESULT = {"purpose": "Общий отбор", "told": ["pupil"]}
KEPT = "planned_work"


def _year(asked: Asked) -> Sent:
    return {"year": asked.places.here.own_class.year.pk}


def _remark(asked: Asked) -> Sent:
    return _year(asked) | {"remark": "Добавьте 9 классы"}


def _item(asked: Asked) -> Sent:
    owner = asked.places.here.colleague.user.pk
    words = {"title": "Занятия", "audience": "7 классы", "expected": "Меньше ссор", "direction": "group"}
    return _year(asked) | words | {"owner": owner}


def _words(asked: Asked) -> Sent:
    return _year(asked) | {"next": "Больше времени родителям"}


def _form(_asked: Asked) -> Sent:
    day = (timezone.localdate() + timedelta(days=3)).isoformat()
    return {"journal": "group", "source": "Order 12", "effective_from": day, "columns": [{"key": "date"}]}


ENDED = {"state": "done", "outcome": "Провели"}
TABLE: list[Cell] = [
    cell("journals:journal", "GET", allow={PSYCHOLOGIST: 200}),
    cell("journals:file", "GET", allow={PSYCHOLOGIST: 200}),
    cell("journals:of-appointment", "GET", "appointment", allow=READ),
    # Of what was not held nothing is recorded: the page of the appointment says so.
    cell("journals:record", "GET", "appointment", allow={PSYCHOLOGIST: within(302, closed=200)}),
    cell("journals:record", "POST", "appointment", allow={PSYCHOLOGIST: within(302)}, sends=WORK),
    cell("journals:of-questionnaire", "GET", "questionnaire", allow=READ),
    cell("journals:result", "GET", "questionnaire", allow={PSYCHOLOGIST: within(200)}),
    # None of them is finished, and the form says so.
    cell("journals:result", "POST", "questionnaire", allow={PSYCHOLOGIST: within(422)}, sends=RESULT),
    cell("journals:plan", "GET", allow=each(READERS, 200)),
    cell("journals:plan-file", "GET", allow=each(READERS, 200)),
    # These lead back to the plan, where it is said what was not possible.
    cell("journals:copy", "POST", allow={PSYCHOLOGIST: 302}, sends=_year),
    cell("journals:send", "POST", allow={PSYCHOLOGIST: 302}, sends=_year),
    cell("journals:open", "POST", allow={PSYCHOLOGIST: 302}, sends=_year),
    cell("journals:approve", "POST", allow={PRINCIPAL: 302}, sends=_year),
    cell("journals:return", "POST", allow={PRINCIPAL: 302}, sends=_remark),
    cell("journals:new-item", "GET", allow={PSYCHOLOGIST: 200}),
    cell("journals:new-item", "POST", allow={PSYCHOLOGIST: 302}, sends=_item),
    cell("journals:item", "GET", KEPT, allow={PSYCHOLOGIST: within(200)}),
    cell("journals:item", "POST", KEPT, allow={PSYCHOLOGIST: within(302, closed=422)}, sends=_item),
    cell("journals:end", "GET", KEPT, allow={PSYCHOLOGIST: within(200)}),
    cell("journals:end", "POST", KEPT, allow={PSYCHOLOGIST: within(302)}, sends=ENDED),
    cell("journals:remove", "POST", KEPT, allow={PSYCHOLOGIST: within(302)}),
    cell("journals:report", "GET", allow=each(READERS, 200)),
    cell("journals:words", "POST", allow={PSYCHOLOGIST: 302}, sends=_words),
    cell("journals:sign", "POST", allow={PSYCHOLOGIST: 302}, sends=_year),
    cell("journals:report-file", "GET", allow=each(READERS, 200)),
    cell("journals:forms", "GET", allow=each((PSYCHOLOGIST, LEAD), 200)),
    # Only the lead of a region enters forms, and the lead here is a district's.
    cell("journals:new-form", "GET", allow={LEAD: 403}),
    cell("journals:new-form", "POST", allow={LEAD: 403}, sends={"journal": "group"}),
    api("api:journal-list", "GET", allow={PSYCHOLOGIST: 200}),
    api("api:work-record-detail", "GET", "appointment", allow=READ),
    api("api:work-record-detail", "PUT", "appointment", allow={PSYCHOLOGIST: within(409, closed=200)}, sends=WORK),
    api("api:result-record-detail", "GET", "questionnaire", allow=READ),
    api("api:result-record-detail", "PUT", "questionnaire", allow={PSYCHOLOGIST: within(409)}, sends=RESULT),
    api("api:journal-form-list", "GET", allow=each((PSYCHOLOGIST, LEAD), 200)),
    api("api:journal-form-list", "POST", allow={LEAD: 403}, sends=_form),
    api("api:year-plan-current", "GET", allow=each(READERS, 200)),
    api("api:year-plan-copy", "POST", allow={PSYCHOLOGIST: 409}, sends=_year),
    api("api:year-plan-send", "POST", allow={PSYCHOLOGIST: 200}, sends=_year),
    api("api:year-plan-reopen", "POST", allow={PSYCHOLOGIST: 200}, sends=_year),
    api("api:year-plan-approve", "POST", allow={PRINCIPAL: 409}, sends=_year),
    api("api:year-plan-send-back", "POST", allow={PRINCIPAL: 409}, sends=_remark),
    api("api:plan-item-list", "POST", allow={PSYCHOLOGIST: 201}, sends=_item),
    api("api:plan-item-detail", "GET", KEPT, allow={PSYCHOLOGIST: within(200)}),
    api("api:plan-item-detail", "PUT", KEPT, allow={PSYCHOLOGIST: within(200, closed=409)}, sends=_item),
    api("api:plan-item-detail", "DELETE", KEPT, allow={PSYCHOLOGIST: within(204, closed=409)}),
    api("api:plan-item-end", "POST", KEPT, allow={PSYCHOLOGIST: within(200)}, sends=ENDED),
    api("api:annual-report-current", "GET", allow=each(READERS, 200)),
    api("api:annual-report-words", "POST", allow={PSYCHOLOGIST: 200}, sends=_words),
    api("api:annual-report-sign", "POST", allow={PSYCHOLOGIST: 409}, sends=_year),
]
