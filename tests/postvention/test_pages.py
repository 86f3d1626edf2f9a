"""The pages as somebody uses them: what is typed comes back with a sentence, what is hidden stays hidden."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from caseflow.cases.models import Case
from caseflow.directory.enums import Role
from caseflow.directory.models import Pupil
from caseflow.postvention.enums import Audience
from caseflow.postvention.models import LossEvent, LossMessage, MessageTemplate
from caseflow.postvention.views.affected import Card
from tests.cases.factories import lead_over, psychologist, pupil_of
from tests.directory.factories import PupilFactory, SchoolFactory, actor, parent_of, signed_in
from tests.postvention.factories import head_of, loss_of, message_in, on_list, region_lead, shipped, step_of

pytestmark = pytest.mark.django_db


def page(client: Client, name: str, *args: object) -> str:
    response = client.get(reverse(name, args=list(args)))
    assert response.status_code == 200
    return response.content.decode()


def test_the_head_reads_no_source_that_says_how_somebody_died_and_each_step_is_named_once() -> None:
    event = loss_of(psychologist())
    head = signed_in(head_of(event.school))
    shown = page(head, "postvention:event", event.pk)
    assert "by WHO (2000) and by AFSP and SPRC (2018)" in shown
    assert "uicid" not in shown
    assert shown.count("Verify the facts with the family or an authority") == 1
    template = shipped(Audience.PARENTS)
    for place, ids in (("messages", [event.pk]), ("template", [template.pk]), ("templates", [])):
        assert "uicid" not in page(head, f"postvention:{place}", *ids)


def test_an_event_is_opened_and_its_steps_are_recorded() -> None:
    who = psychologist()
    client, pupil = signed_in(who), pupil_of(who)
    assert "No loss is recorded" in page(client, "postvention:list")
    today = timezone.localdate().isoformat()
    wrong = {"school": pupil.school_id, "who": "pupil", "died_on": today, "manner": "illness"}
    refused = client.post(reverse("postvention:new"), wrong)
    assert refused.status_code == 422
    assert "the school does not say it itself" in refused.content.decode()
    sent = {"school": pupil.school_id, "who": "pupil", "pupil": pupil.pk, "died_on": today, "manner": "not_said"}
    client.post(reverse("postvention:new"), sent)
    event = LossEvent.objects.get()
    shown = page(client, "postvention:event", event.pk)
    assert pupil.short_name in shown
    assert "Verify the facts with the family or an authority" in shown
    step = step_of(event, "verify")
    empty = client.post(reverse("postvention:do", args=[event.pk, step.pk]), {"text": ""})
    assert empty.status_code == 422
    client.post(reverse("postvention:do", args=[event.pk, step.pk]), {"text": "Отец подтвердил"})
    assert "Отец подтвердил" in page(client, "postvention:event", event.pk)
    client.post(reverse("postvention:record-death", args=[event.pk]), {"text": "Справка есть"})
    second = signed_in(lead_over(event.school))
    assert "Справка есть" in page(second, "postvention:event", event.pk)
    second.post(reverse("postvention:confirm-death", args=[event.pk]))
    assert Pupil.objects.get(pk=pupil.pk).died_on is not None
    client.post(reverse("postvention:undo-death", args=[event.pk]), {"text": "Ошиблись"})
    assert Pupil.objects.get(pk=pupil.pk).died_on is None
    client.post(reverse("postvention:ask-help", args=[event.pk]), {"text": ""})
    second.post(reverse("postvention:take-help", args=[event.pk]))
    day = {"day": (timezone.localdate() + timedelta(days=9)).isoformat(), "label": "Матч"}
    client.post(reverse("postvention:add-day", args=[event.pk]), day)
    for left in event.steps.filter(done_at=None):
        client.post(reverse("postvention:waive", args=[event.pk, left.pk]), {"text": "Не нужно"})
    assert "Close the event" in page(client, "postvention:event", event.pk)
    client.post(reverse("postvention:close", args=[event.pk]), {"text": "Всё сделано"})
    assert "Closed" in page(client, "postvention:event", event.pk)
    assert "closed" in page(client, "postvention:list")


def test_who_has_died_is_looked_for_by_name_and_the_roll_is_not_listed() -> None:
    who = psychologist()
    lost, other = pupil_of(who, last_name="Нурланова"), pupil_of(who, last_name="Серикова")
    client, place = signed_in(who), reverse("postvention:new")
    assert "Серикова" not in page(client, "postvention:new")
    typed = {"school": lost.school_id, "who": "pupil", "q": "Нурлан", "died_on": timezone.localdate().isoformat()}
    while_typing = client.post(reverse("postvention:pupils"), typed).content.decode()
    assert f'value="{lost.pk}"' in while_typing
    assert str(other.pk) not in while_typing
    plain = client.post(place, typed | {"find": "1", "manner": "illness", "said_by": "family", "name": "Отец"})
    assert plain.status_code == 200
    shown = plain.content.decode()
    assert f'value="{lost.pk}"' in shown
    assert 'value="Отец"' in shown
    assert "Нурланова" in client.post(place, typed | {"pupil": lost.pk, "q": ""}).content.decode()
    assert "Nobody found" in client.post(reverse("postvention:pupils"), {"q": "Жжж", "pupil": "x"}).content.decode()
    assert "<input" not in client.post(reverse("postvention:pupils"), {"q": "Н"}).content.decode()
    assert not LossEvent.objects.exists()


def test_a_pupil_of_another_school_is_refused_where_a_lead_chose_wrongly() -> None:
    here = psychologist()
    pupil = pupil_of(here)
    lead = lead_over(pupil.school)
    there = SchoolFactory.create(district=pupil.school.district)
    sent = {"school": there.pk, "who": "pupil", "pupil": pupil.pk, "died_on": timezone.localdate().isoformat()}
    refused = signed_in(lead).post(reverse("postvention:new"), sent | {"manner": "not_said"})
    assert refused.status_code == 422
    assert "goes to another school" in refused.content.decode()


def test_the_list_of_pupils_is_filled_by_a_person() -> None:
    who = psychologist()
    event, friend = loss_of(who), pupil_of(who, last_name="Нурланова")
    client = signed_in(who)
    place = reverse("postvention:affected", args=[event.pk])
    assert "Nobody is on the list yet" in client.get(place).content.decode()
    assert "Нурланова" in client.get(place, {"q": "Нурланова"}).content.decode()
    add = reverse("postvention:add-affected", args=[event.pk])
    client.post(add, {"pupils": [friend.pk], "circle": "friend", "reason": "Дружили с садика"})
    row = event.affected.get()
    assert "Дружили с садика" in client.get(place).content.decode()
    client.post(reverse("postvention:talk", args=[event.pk, row.pk]), {"on": "", "needs_support": "yes"})
    row.refresh_from_db()
    assert row.talked_on is None
    said = {"on": timezone.localdate().isoformat(), "needs_support": "yes"}
    client.post(reverse("postvention:give-case", args=[event.pk, row.pk]))
    assert not Case.objects.exists()
    client.post(reverse("postvention:talk", args=[event.pk, row.pk]), said)
    client.post(reverse("postvention:parents-told", args=[event.pk, row.pk]), said)
    client.post(reverse("postvention:give-case", args=[event.pk, row.pk]))
    shown = client.get(place).content.decode()
    assert f"Case no. {Case.objects.get().number}" in shown
    assert "Need support: 1, of them with a case: 1" in shown
    head = signed_in(head_of(event.school))
    assert head.get(place).status_code == 403
    assert "Pupils it touches" not in page(head, "postvention:event", event.pk)
    calm = on_list(who, event, pupil_of(who))
    client.post(reverse("postvention:remove-affected", args=[event.pk, calm.pk]))
    assert event.affected.count() == 1


def shown_card(response: Any, key: str) -> Card:
    cards: list[Card] = response.context["cards"]
    return next(card for card in cards if card.key == key)


def test_what_was_ticked_stays_where_something_is_missing_and_the_field_is_named() -> None:
    who = psychologist()
    lost = pupil_of(who)
    event = loss_of(who, lost)
    mates = [PupilFactory.create(school_class=lost.school_class, last_name=name) for name in ("Абаева", "Яшина")]
    friends = [pupil_of(who, last_name=name) for name in ("Нурланова", "Нурланов")]
    client = signed_in(who)
    add = reverse("postvention:add-affected", args=[event.pk])
    sent = {"card": "found", "q": "Нурланов", "circle": "witness", "pupils": [friends[0].pk], "reason": " "}
    refused = client.post(add, sent)
    assert refused.status_code == 422
    card = shown_card(refused, "found")
    assert card.form.ticked == {str(friends[0].pk)}
    assert card.chosen_circle == "witness"
    assert card.form.errors == {"reason": ["Say in your own words why you think of them."]}
    assert shown_card(refused, "class").form.ticked == set()
    shown = refused.content.decode()
    assert f'value="{friends[0].pk}" checked' in shown
    assert 'aria-describedby="reason-found-error"' in shown
    nobody = client.post(add, {"card": "class", "circle": "class", "reason": "Класс"})
    assert shown_card(nobody, "class").form.errors == {"pupils": ["Tick at least one pupil."]}
    assert "Класс" in nobody.content.decode()
    client.post(add, {"card": "class", "circle": "class", "pupils": [mates[0].pk]})
    assert [(row.pupil, row.circle) for row in event.affected.all()] == [(mates[0], "class")]
    assert "Same class" in page(client, "postvention:affected", event.pk)


def test_all_of_a_class_are_ticked_at_once_and_nobody_is_added_by_that() -> None:
    who = psychologist()
    lost = pupil_of(who)
    event = loss_of(who, lost)
    mates = {str(PupilFactory.create(school_class=lost.school_class).pk) for _ in range(3)}
    client = signed_in(who)
    add = reverse("postvention:add-affected", args=[event.pk])
    ticked = client.post(add, {"card": "class", "circle": "class", "reason": "Вместе с первого класса", "tick": "all"})
    assert ticked.status_code == 200
    assert shown_card(ticked, "class").form.ticked == mates
    assert "Tick all of this class (3)" in ticked.content.decode()
    assert "Вместе с первого класса" in ticked.content.decode()
    assert not event.affected.exists()
    client.post(add, {"card": "class", "circle": "class", "pupils": list(mates)})
    assert event.affected.count() == 3


def test_what_no_card_shows_any_more_is_said_above_the_list() -> None:
    who = psychologist()
    event, friend = loss_of(who), pupil_of(who)
    LossEvent.objects.filter(pk=event.pk).update(closed_at=timezone.now(), closed_by=who.user)
    add = reverse("postvention:add-affected", args=[event.pk])
    refused = signed_in(who).post(add, {"card": "class", "circle": "class", "pupils": [friend.pk]})
    assert refused.status_code == 422
    assert "This event is closed" in refused.content.decode()


def test_a_message_is_written_checked_approved_and_printed() -> None:
    who = psychologist()
    event = loss_of(who)
    client = signed_in(who)
    begin = reverse("postvention:begin-message", args=[event.pk])
    assert "Template of the product, version 1." in page(client, "postvention:messages", event.pk)
    client.post(begin, {"audience": "staff", "language": "xx"})
    assert not LossMessage.objects.exists()
    row = message_in(who, event)
    client.post(begin, {"audience": "staff", "language": "kk"})
    assert LossMessage.objects.count() == 2
    place = reverse("postvention:message", args=[event.pk, row.pk])
    shown = client.get(place)
    assert "Still to be filled in: contact, hours" in shown.content.decode()
    seen = shown.context["view"].row.seen
    approve = reverse("postvention:approve-message", args=[event.pk, row.pk])
    assert client.post(approve, {"seen": seen}).status_code == 422
    assert client.post(place, {"text": "", "seen": seen}).status_code == 422
    client.post(place, {"text": "Он покончил с собой. 111, 112", "seen": seen})
    shown = client.get(place)
    assert "loud words" in shown.content.decode().lower()
    assert "let somebody else approve it" in shown.content.decode()
    seen = shown.context["view"].row.seen
    refused = client.post(approve, {"seen": seen, "reason": "Слова семьи"})
    assert refused.status_code == 422
    assert "somebody else than who wrote the text" in refused.content.decode()
    head = signed_in(head_of(event.school))
    assert "let somebody else approve it" not in head.get(place).content.decode()
    assert head.post(approve, {"seen": seen}).status_code == 422
    paper = reverse("postvention:paper", args=[event.pk, row.pk])
    assert client.get(paper).status_code == 302
    head.post(approve, {"seen": seen, "reason": "Слова семьи"})
    assert client.get(paper)["Content-Type"] == "application/pdf"
    assert "Слова семьи" in client.get(place).content.decode()
    LossEvent.objects.filter(pk=event.pk).update(closed_at=timezone.now(), closed_by=who.user)
    assert "<textarea" not in client.get(place).content.decode()


def test_the_check_answers_while_somebody_writes() -> None:
    client = signed_in(psychologist())
    check = reverse("postvention:check")
    found = client.post(check, {"text": "Она отравилась.", "language": "ru"}).content.decode()
    assert "отравилась" in found
    assert "Others who are in danger learn a way from it" in found
    assert "nothing to warn of" in client.post(check, {"text": "Мы скорбим.", "language": "ru"}).content.decode()
    assert client.post(check, {"text": "а" * 8_001, "language": "ru"}).status_code == 422


def test_the_region_writes_and_approves_its_templates() -> None:
    event = loss_of(psychologist())
    lead = signed_in(region_lead(event.school))
    template = shipped(Audience.PARENTS)
    assert "shipped with the product" in page(lead, "postvention:templates")
    place = reverse("postvention:template", args=[template.pk])
    save = reverse("postvention:save-template", args=[template.pk])
    assert lead.post(save, {"kk": "", "ru": "", "en": "", "source": ""}).status_code == 422
    lead.post(save, {"kk": "111, 112", "ru": "Он повесился", "en": "111, 112", "source": "Приказ № 1"})
    draft = MessageTemplate.objects.get(region__isnull=False)
    approve = reverse("postvention:approve-template", args=[draft.pk])
    own = page(lead, "postvention:template", draft.pk)
    assert "whoever wrote it does not" in own
    assert approve not in own
    assert lead.post(approve, {"reason": "Решение совета"}).status_code == 422
    other = signed_in(region_lead(event.school))
    assert approve in page(other, "postvention:template", draft.pk)
    assert other.post(approve).status_code == 422
    other.post(approve, {"reason": "Решение совета"})
    draft.refresh_from_db()
    assert draft.state == "approved"
    assert "Решение совета" in page(signed_in(head_of(event.school)), "postvention:template", draft.pk)
    assert signed_in(actor(Role.SOCIAL_PEDAGOGUE, school=event.school)).get(place).status_code == 403


def test_the_familys_portal_asks_nothing_of_them_any_more() -> None:
    pupil = pupil_of(psychologist())
    client = signed_in(parent_of(pupil))
    assert "What you agree to" in page(client, "portal:home")
    Pupil.objects.filter(pk=pupil.pk).update(died_on=timezone.localdate())
    shown = page(client, "portal:home")
    assert "Nothing is needed from you" in shown
    assert "What you agree to" not in shown
