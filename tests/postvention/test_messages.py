import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from caseflow.audit.models import AuditEntry
from caseflow.postvention.enums import Audience, TemplateState
from caseflow.postvention.models import LossEvent, LossMessage, MessageTemplate
from caseflow.postvention.rules import LossRefused, filled, lacks_hotline, unfilled, unknown_placeholders
from caseflow.postvention.selectors.messages import offers_of, template_of, visible_templates
from caseflow.postvention.services import (
    approve_message,
    approve_template,
    begin_message,
    open_message,
    open_messages,
    print_message,
    save_message,
    save_template,
)
from tests.cases.factories import lead_over, psychologist
from tests.postvention.factories import head_of, loss_of, message_in, region_lead, shipped

pytestmark = pytest.mark.django_db
SOURCE = "[P] own wording after guidance for schools by WHO (2000) and by AFSP and SPRC (2018)"
GOOD = "Школа скорбит. Помощь: 111, в опасности 112."
TEXTS = {"kk": "Мектеп қайғырады. 111, 112.", "ru": GOOD, "en": "We grieve. 111, 112."}


def test_what_is_shipped_is_offered_in_the_first_hour() -> None:
    who = psychologist()
    event = loss_of(who)
    offers = {offer.audience: offer for offer in offers_of(event)}
    assert set(offers) == set(Audience)
    for offer in offers.values():
        template = offer.template
        assert (template.region, template.state, template.approved_by) == (None, TemplateState.APPROVED, None)
        assert (template.number, template.source) == (1, SOURCE)
    row = begin_message(who, event.pk, audience=Audience.STAFF, language="ru")
    assert begin_message(who, event.pk, audience=Audience.STAFF, language="ru") == row
    _event, page = open_messages(who, event.pk)
    staff = next(offer for offer in page if offer.audience == Audience.STAFF)
    assert [language.value for language in staff.languages] == ["kk", "en"]
    view = open_message(who, row.pk)
    assert event.pupil is not None
    assert event.pupil.first_name in view.text
    assert view.unfilled == ["contact", "hours"]
    with pytest.raises(LossRefused, match="no template for these readers"):
        begin_message(who, event.pk, audience="neighbours", language="ru")


def test_only_what_is_shipped_has_no_approver() -> None:
    lead = region_lead(loss_of(psychologist()).school)
    draft = save_template(lead, shipped(Audience.STAFF).pk, texts=TEXTS, source="Приказ № 5")
    with pytest.raises(IntegrityError), transaction.atomic():
        MessageTemplate.objects.filter(pk=draft.pk).update(state=TemplateState.APPROVED, approved_at=timezone.now())


def test_a_version_of_the_region_takes_the_place_of_the_shipped_one_and_what_was_approved_is_kept() -> None:
    event = loss_of(psychologist())
    lead = region_lead(event.school)
    with pytest.raises(LossRefused, match="approved or replaced"):
        approve_template(lead, shipped(Audience.PARENTS).pk, reason="")
    first = save_template(lead, shipped(Audience.PARENTS).pk, texts=TEXTS, source="Приказ № 5")
    for stranger in (psychologist(event.school), lead_over(event.school), head_of(event.school)):
        with pytest.raises(PermissionDenied):
            approve_template(stranger, first.pk, reason="")
    assert template_offered(event) == shipped(Audience.PARENTS)
    approve_template(lead, first.pk, reason="")
    assert template_offered(event) == first
    draft = save_template(lead, first.pk, texts=TEXTS, source="Приказ № 6")
    assert (draft.number, draft.state) == (2, TemplateState.DRAFT)
    again = save_template(lead, draft.pk, texts=TEXTS | {"ru": GOOD + " Мы помним."}, source="Приказ № 6")
    assert again == draft
    approve_template(lead, draft.pk, reason="Так решил совет")
    first.refresh_from_db()
    assert first.state == TemplateState.RETIRED
    with pytest.raises(LossRefused, match="approved or replaced"):
        approve_template(lead, first.pk, reason="")
    region = lead.membership.region
    assert MessageTemplate.objects.get(region=region, state=TemplateState.APPROVED).approval_reason == "Так решил совет"
    save_template(lead, draft.pk, texts=TEXTS, source="Приказ № 7")
    assert visible_templates(lead).count() == len(Audience) + 3
    assert visible_templates(head_of(event.school)).count() == len(Audience) + 2
    with pytest.raises(MessageTemplate.DoesNotExist):
        template_of(region_lead(loss_of(psychologist()).school), draft.pk)


def test_a_template_that_is_warned_of_is_approved_by_another_with_a_reason() -> None:
    event = loss_of(psychologist())
    writer, other = region_lead(event.school), region_lead(event.school)
    warned = TEXTS | {"ru": GOOD + " Он повесился."}
    draft = save_template(writer, shipped(Audience.PARENTS).pk, texts=warned, source="Приказ № 5")
    with pytest.raises(LossRefused, match="somebody else than who wrote"):
        approve_template(writer, draft.pk, reason="Так решил совет")
    with pytest.raises(LossRefused, match="or say why it stays"):
        approve_template(other, draft.pk, reason=" ")
    save_template(other, draft.pk, texts=warned, source="Приказ № 5")
    with pytest.raises(LossRefused, match="somebody else than who wrote"):
        approve_template(other, draft.pk, reason="Так решил совет")
    assert approve_template(writer, draft.pk, reason="Так решил совет").approved_by == writer.user


def test_no_source_that_a_head_reads_says_how_somebody_died() -> None:
    event = loss_of(psychologist())
    sources = [event.version.source, *(offer.template.source for offer in offers_of(event))]
    assert not any("suicid" in source.lower() for source in sources)
    assert all("WHO" in source and "AFSP" in source for source in sources)


def template_offered(event: LossEvent) -> MessageTemplate:
    return next(offer.template for offer in offers_of(event) if offer.audience == Audience.PARENTS)


@pytest.mark.parametrize(
    ("texts", "source", "sentence"),
    [
        (TEXTS | {"kk": " "}, "Приказ", "Kazakh, Russian and English"),
        (TEXTS | {"ru": "а" * 8_001}, "Приказ", "8000 characters"),
        (TEXTS | {"en": "Call {nobody}."}, "Приказ", r"\{nobody\}"),
        (TEXTS, " ", "where the text comes from"),
    ],
)
def test_a_template_that_cannot_be_used_is_refused(texts: dict[str, str], source: str, sentence: str) -> None:
    lead = region_lead(loss_of(psychologist()).school)
    with pytest.raises(LossRefused, match=sentence):
        save_template(lead, shipped(Audience.MEDIA).pk, texts=texts, source=source)


def test_a_warning_never_stops_an_approval_but_needs_a_reason() -> None:
    who = psychologist()
    event = loss_of(who)
    row = message_in(who, event)
    view = open_message(who, row.pk)
    with pytest.raises(LossRefused, match="Fill in these places"):
        approve_message(who, row.pk, seen=view.row.seen, reason="")
    with pytest.raises(LossRefused, match="Approve the message first"):
        print_message(who, row.pk)
    view = save_message(who, row.pk, text="Он совершил самоубийство. 111, 112", seen=view.row.seen)
    assert [finding.words for finding in view.findings] == ["совершил самоубийство"]
    with pytest.raises(LossRefused, match="wording check warns"):
        approve_message(who, row.pk, seen=view.row.seen, reason=" ")
    with pytest.raises(LossRefused, match="somebody else than who wrote"):
        approve_message(who, row.pk, seen=view.row.seen, reason="Так просит семья")
    ready = approve_message(head_of(event.school), row.pk, seen=view.row.seen, reason="Так просит семья")
    assert (ready.ready_reason, ready.row.ready_by is not None) == ("Так просит семья", True)
    pdf = print_message(who, row.pk)
    assert pdf.startswith(b"%PDF")
    assert pdf == print_message(who, row.pk)
    changed = save_message(who, row.pk, text="Школа скорбит.", seen=ready.row.seen)
    assert (changed.row.ready_at, changed.ready_reason, changed.lacks_hotline, changed.warned) == (None, "", True, True)
    assert (changed.needs_another, open_message(head_of(event.school), row.pk).needs_another) == (True, False)
    calm = save_message(who, row.pk, text=GOOD, seen=changed.row.seen)
    assert (calm.own, calm.needs_another) == (True, False)
    assert approve_message(who, row.pk, seen=calm.row.seen, reason="").row.ready_by == who.user


def test_two_who_write_at_once_lose_nothing() -> None:
    who = psychologist()
    row = message_in(who, loss_of(who))
    first = open_message(who, row.pk)
    save_message(who, row.pk, text=GOOD, seen=first.row.seen)
    with pytest.raises(LossRefused, match="changed this message meanwhile"):
        save_message(who, row.pk, text="Другое", seen=first.row.seen)
    with pytest.raises(LossRefused, match="Read it again"):
        approve_message(who, row.pk, seen=first.row.seen, reason="")
    seen = open_message(who, row.pk).row.seen
    with pytest.raises(LossRefused, match="Write the message"):
        save_message(who, row.pk, text="  ", seen=seen)
    with pytest.raises(LossRefused, match="8000 characters"):
        save_message(who, row.pk, text="а" * 8_001, seen=seen)
    stranger = psychologist()
    with pytest.raises(LossMessage.DoesNotExist):
        open_message(stranger, row.pk)
    with pytest.raises(LossEvent.DoesNotExist):
        open_messages(stranger, row.event_id)


def test_the_name_of_somebody_of_the_staff_is_filled_in_as_it_was_written() -> None:
    who = psychologist()
    event = loss_of(who, who="staff", pupil_id=None, name="Айгуль Сапаровна")
    assert "Айгуль Сапаровна" in open_message(who, message_in(who, event).pk).text


def test_the_list_of_messages_names_who_died_so_that_it_is_logged() -> None:
    who = psychologist()
    event = loss_of(who)
    open_messages(who, event.pk)
    entry = AuditEntry.objects.filter(action="loss_read").latest("pk")
    assert (entry.detail, entry.pupil_id) == ({"part": "messages"}, event.pupil_id)


def test_places_to_fill() -> None:
    assert filled("{name}, {hours}", {"name": "Айша", "hours": ""}) == "Айша, {hours}"
    assert unfilled("{hours} {name} {hours}") == ["hours", "name"]
    assert unknown_placeholders("{hours} {other}") == ["other"]
    assert not lacks_hotline("Звоните 111 или 112", Audience.PARENTS)
    assert lacks_hotline("Звоните 1112", Audience.PARENTS)
    assert not lacks_hotline("", Audience.FAMILY)
