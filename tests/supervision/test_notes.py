"""Notes of supervision: sealed, never changed, read by the psychologist once shared and by nobody else."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from caseflow.audit.models import AuditEntry
from caseflow.cases.models import Case
from caseflow.cases.services import assign_case
from caseflow.clocks.matters import looks_of
from caseflow.clocks.models import Clock
from caseflow.clocks.selectors.overdue import missed_clocks
from caseflow.clocks.services import sweep
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Membership
from caseflow.dossier.enums import Kind
from caseflow.dossier.selectors import read_offer
from caseflow.dossier.services import make_paper
from caseflow.drafts.models import Draft
from caseflow.records.append_only import AppendOnlyError
from caseflow.supervision.models import Agreement, Supervision, SupervisionNote
from caseflow.supervision.rules import SupervisionRefused
from caseflow.supervision.selectors.notes import notes_in_reach, own_supervision, read_note
from caseflow.supervision.services import (
    begin_supervision,
    correct_note,
    finish_agreement,
    open_note,
    share_note,
    write_note,
)
from caseflow.supervision.services.clocks import tell_of_agreements
from notifications.models import Alert
from tests.cases.factories import case_of, lead_over, psychologist
from tests.cases.test_pages import html
from tests.directory.factories import GuardianFactory, GuardianshipFactory, actor, signed_in
from tests.dossier.factories import wanted
from tests.supervision.factories import THEMES, WORDS, agreed, noted, said, school_of, supervision_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def who(db: None) -> Actor:
    return psychologist()


@pytest.fixture
def lead(who: Actor) -> Actor:
    return lead_over(school_of(who))


def let_in(lead: Actor, who: Actor) -> Case:
    """A case of `who` to which the lead was given access."""
    case = case_of(who)
    assign_case(who, case.pk, lead.user.pk)
    return case


def test_a_note_is_sealed_and_read_by_its_author_alone_until_it_is_shared(who: Actor, lead: Actor) -> None:
    note = noted(lead, who)
    assert WORDS.encode() not in bytes(note.text_sealed)
    assert read_note(lead, note.pk).text == WORDS
    for stranger in (who, lead_over(school_of(who)), psychologist(who.membership.school)):
        assert not notes_in_reach(stranger).exists()
    share_note(lead, note.pk)
    row = open_note(who, note.pk)
    assert (row.text, row.by_me, row.is_shared) == (WORDS, False, True)
    assert not notes_in_reach(psychologist(who.membership.school)).exists()
    assert not notes_in_reach(actor(Role.PRINCIPAL, school=who.membership.school)).exists()
    assert list(Alert.objects.filter(kind="supervision_shared").values_list("recipient", flat=True)) == [who.user.pk]
    assert AuditEntry.objects.filter(action="supervision_note_read", actor=who.user).count() == 1
    with pytest.raises(SupervisionRefused, match="shared already"):
        share_note(lead, note.pk)


def test_a_supervision_is_begun_once_with_somebody_the_lead_leads(who: Actor, lead: Actor) -> None:
    assert supervision_of(lead, who) == supervision_of(lead, who)
    for other in (psychologist(), lead):
        with pytest.raises(Membership.DoesNotExist):
            begin_supervision(lead, other.membership.pk)
    with pytest.raises(Supervision.DoesNotExist):
        own_supervision(who, supervision_of(lead, who).pk)


def test_a_note_about_a_case_needs_that_the_lead_was_let_in_and_is_sealed_with_its_key(who: Actor, lead: Actor) -> None:
    closed_to_lead = case_of(who)
    with pytest.raises(Case.DoesNotExist):
        noted(lead, who, case=closed_to_lead.pk)
    case = let_in(lead, who)
    note = noted(lead, who, case=case.pk, share=True)
    assert note.key == case.data_key
    assert AuditEntry.objects.get(action="supervision_noted").pupil_id == case.pupil_id
    assert read_note(who, note.pk).case_number == case.number
    GuardianshipFactory.create(pupil=case.pupil, guardian=GuardianFactory.create(user=who.user))
    assert not notes_in_reach(who).exists()
    assert notes_in_reach(lead).exists()


def test_a_correction_strikes_the_old_note_through_for_the_same_readers(who: Actor, lead: Actor) -> None:
    note = noted(lead, who, share=True)
    with pytest.raises(AppendOnlyError):
        note.save()
    better = correct_note(lead, note.pk, said(text="Верно так"))
    assert read_note(who, better.pk).text == "Верно так"
    old = read_note(who, note.pk)
    assert (old.struck, old.text) == (True, WORDS)
    with pytest.raises(SupervisionRefused, match="corrected already"):
        correct_note(lead, note.pk, said())
    private = noted(lead, who)
    assert not read_note(lead, correct_note(lead, private.pk, said()).pk).is_shared
    with pytest.raises(SupervisionNote.DoesNotExist):
        correct_note(who, better.pk, said())


@pytest.mark.parametrize(
    ("changed", "match"),
    [
        ({"text": " "}, "Write the note"),
        ({"themes": ""}, "few words"),
        ({"held_on": timezone.localdate() + timedelta(days=2)}, "not come yet"),
        ({"agreements": (agreed(),) * 6}, "at most"),
        ({"agreements": (agreed(" "),)}, "needs words"),
        ({"agreements": (agreed(days=-1),)}, "still to come"),
    ],
)
def test_what_cannot_be_kept_is_refused(who: Actor, lead: Actor, changed: dict[str, Any], match: str) -> None:
    with pytest.raises(SupervisionRefused, match=match):
        noted(lead, who, **changed)
    assert not SupervisionNote.objects.exists()


def test_an_agreement_has_a_clock_and_is_done_once_by_either(who: Actor, lead: Actor) -> None:
    note = noted(lead, who, share=True, agreements=(agreed(), agreed("Найти методичку", by_lead=True)))
    first, second = read_note(who, note.pk).agreements
    assert {first.mine, second.mine} == {True, False}
    finish_agreement(who, first.agreement.pk)
    assert Clock.objects.get(pk=first.agreement.clock_id).stopped_at is not None
    with pytest.raises(SupervisionRefused, match="done already"):
        finish_agreement(lead, first.agreement.pk)
    with pytest.raises(Agreement.DoesNotExist):
        finish_agreement(psychologist(), second.agreement.pk)
    with pytest.raises(Agreement.DoesNotExist):
        finish_agreement(lead, second.agreement.pk, note_id=noted(lead, who).pk)


def miss(agreement: Agreement) -> None:
    past = timezone.now() - timedelta(hours=1)
    Clock.objects.filter(pk=agreement.clock_id).update(
        started_at=past - timedelta(days=2), warn_at=past, due_at=past, escalated_at=timezone.now()
    )


def test_both_are_told_of_a_missed_agreement_and_the_doer_beforehand(who: Actor, lead: Actor) -> None:
    note = noted(lead, who, share=True, agreements=(agreed(), agreed("Методичка", by_lead=True)))
    theirs, mine = Agreement.objects.filter(note=note).order_by("by_lead")
    tell_of_agreements([theirs.clock_id, mine.clock_id])
    near = Alert.objects.filter(kind="deadline_near").values_list("recipient", flat=True)
    assert sorted(near) == sorted([who.user.pk, lead.user.pk])
    miss(theirs)
    tell_of_agreements([theirs.clock_id])
    missed = Alert.objects.filter(kind="deadline_missed").values_list("recipient", flat=True)
    assert sorted(missed) == sorted([who.user.pk, lead.user.pk])
    looks = looks_of(lead, [theirs.clock_id, mine.clock_id])
    assert looks[theirs.clock_id].who == who.user.short_name
    assert looks[mine.clock_id].url == reverse("supervision:note", args=[note.pk])
    assert missed_clocks(lead).filter(pk=theirs.clock_id).exists()
    stranger = lead_over(school_of(who))
    assert looks_of(stranger, [mine.clock_id])[mine.clock_id].url == ""


def test_of_an_agreement_that_is_not_shared_only_the_lead_is_told(who: Actor, lead: Actor) -> None:
    note = noted(lead, who, agreements=(agreed(),))
    agreement = Agreement.objects.get(note=note)
    tell_of_agreements([agreement.clock_id])
    assert list(Alert.objects.values_list("recipient", flat=True)) == [lead.user.pk]
    Membership.objects.filter(pk=lead.membership.pk).update(ends_on=timezone.localdate() - timedelta(days=1))
    Alert.objects.all().delete()
    tell_of_agreements([agreement.clock_id])
    assert not Alert.objects.exists()


def test_an_agreement_about_the_own_child_is_kept(who: Actor, lead: Actor) -> None:
    case = let_in(lead, who)
    noted(lead, who, case=case.pk, agreements=(agreed(),))
    agreement = Agreement.objects.get()
    miss(agreement)
    assert missed_clocks(lead).filter(pk=agreement.clock_id).exists()
    GuardianshipFactory.create(pupil=case.pupil, guardian=GuardianFactory.create(user=lead.user))
    assert not missed_clocks(lead).filter(pk=agreement.clock_id).exists()


def test_a_note_goes_to_a_meeting_only_by_tick_and_for_whoever_may_read_it(who: Actor, lead: Actor) -> None:
    case = let_in(lead, who)
    note = noted(lead, who, case=case.pk)
    correct_note(lead, note.pk, said(text="Верно так"))
    assert "supervision" not in read_offer(who, case, Kind.PROFILE).names
    assert "supervision" in read_offer(lead, case, Kind.PROFILE).names
    assert "Верно так" not in str(make_paper(lead, case.pk, wanted()).data)
    ticked = str(make_paper(lead, case.pk, wanted(Kind.PROFILE, "supervision")).data)
    assert "Верно так" in ticked
    assert WORDS not in ticked


def test_the_pages_write_keep_a_draft_share_correct_and_finish(who: Actor, lead: Actor) -> None:
    case = let_in(lead, who)
    client: Any = signed_in(lead)
    listed = reverse("supervision:notes")
    assert "No note yet" in html(client.get(listed))
    begun = client.post(reverse("supervision:begin"), {"member": who.membership.pk})
    draft = {"written": {"text": "начало", "themes": "тема"}, "seen": None}
    key = f"supervision-{Supervision.objects.get().pk}"
    kept = client.put(reverse("api:draft-detail", args=[key]), draft, content_type="application/json")
    assert (kept.status_code, Draft.objects.get().pupil_id) == (200, None)
    page = html(client.get(begun.url))
    assert "начало" in page
    sent: dict[str, Any] = {"held_on": timezone.localdate().isoformat(), "themes": THEMES, "text": WORDS}
    sent |= {"draft_revision": kept.json()["revision"], "what_1": "Передать дело", "who_1": "psychologist"}
    undated = client.post(begun.url, sent)
    assert (undated.status_code, "Say until when." in html(undated)) == (422, True)
    past = client.post(begun.url, {**sent, "due_1": "2020-01-01"})
    assert (past.status_code, "This day has passed." in html(past)) == (422, True)
    due = (timezone.localdate() + timedelta(days=3)).isoformat()
    assert client.post(begun.url, {**sent, "due_1": due, "case": str(case.pk)}).url == listed
    assert not Draft.objects.exists()
    note = SupervisionNote.objects.get()
    shown = html(client.get(listed))
    assert THEMES in shown
    assert "Передать дело" in shown
    assert "only you" in shown
    address = reverse("supervision:note", args=[note.pk])
    assert signed_in(who).get(address).status_code == 404
    client.post(reverse("supervision:share", args=[note.pk]))
    assert "shared already" in html(client.post(reverse("supervision:share", args=[note.pk]), follow=True))
    assert WORDS in html(signed_in(who).get(address))
    finish = reverse("supervision:finish", args=[Agreement.objects.get().pk])
    signed_in(who).post(finish)
    assert "done already" in html(client.post(finish, follow=True))
    correct = reverse("supervision:correct", args=[note.pk])
    read = AuditEntry.objects.filter(action="supervision_note_read", obj__endswith=str(note.pk))
    before = read.count()
    assert WORDS in html(client.get(correct))
    assert read.count() == before + 1
    listing = AuditEntry.objects.filter(action="supervision_notes_read").latest("pk")
    assert listing.detail == {"notes": [str(note.pk)]}
    correction = {"held_on": timezone.localdate().isoformat(), "themes": THEMES, "text": "Верно так"}
    assert client.post(correct, correction).url == listed
    assert "corrected" in html(client.get(address))
    assert "has been corrected already" in html(client.post(correct, correction))
    assert THEMES in html(signed_in(who).get(listed))
    assert client.post(reverse("supervision:begin"), {"member": "x"}).status_code == 404


def test_the_api_does_the_same(who: Actor, lead: Actor) -> None:
    client, reader = signed_in(lead), signed_in(who)

    def post(name: str, args: list[Any], body: dict[str, Any] | None = None) -> Any:
        address = reverse(f"api:supervision-note-{name}", args=args)
        return client.post(address, body or {}, content_type="application/json")

    begun = post("begin", [], {"member": who.membership.pk}).json()
    due = (timezone.now() + timedelta(days=2)).isoformat()
    body = {"supervision": begun["id"], "held_on": timezone.localdate().isoformat(), "themes": THEMES, "text": WORDS}
    made = post("list", [], body | {"agreements": [{"what": "Передать", "due_at": due}]})
    assert made.status_code == 201
    pk = made.json()["id"]
    assert reader.get(reverse("api:supervision-note-detail", args=[pk])).status_code == 404
    assert post("share", [pk]).json()["shared"]
    assert post("share", [pk]).status_code == 409
    assert [row["text"] for row in reader.get(reverse("api:supervision-note-list")).json()["results"]] == [WORDS]
    agreement = made.json()["agreements"][0]["id"]
    done = reader.post(reverse("api:supervision-note-finish", args=[pk, agreement]))
    assert done.json()["agreements"][0]["done_at"] is not None
    better = post("correct", [pk], {"held_on": body["held_on"], "themes": THEMES, "text": "Верно так"})
    assert (better.status_code, better.json()["text"]) == (201, "Верно так")


def test_writing_needs_a_supervision_of_ones_own(who: Actor, lead: Actor) -> None:
    found = supervision_of(lead, who)
    with pytest.raises(Supervision.DoesNotExist):
        write_note(lead_over(school_of(who)), found.pk, said())


def test_a_missed_agreement_is_told_twice_to_the_two_of_the_note_and_to_nobody_above(who: Actor, lead: Actor) -> None:
    actor(Role.LEAD_PSYCHOLOGIST, region=school_of(who).district.region)
    noted(lead, who, share=True, agreements=(agreed(),))
    clock = Agreement.objects.get().clock

    sweep(clock.due_at + timedelta(minutes=1))
    sweep(clock.due_at + timedelta(days=7))

    missed = Alert.objects.filter(kind="deadline_missed")
    assert sorted(missed.values_list("recipient", flat=True)) == sorted([who.user.pk, lead.user.pk] * 2)
    assert all("school" not in alert.params for alert in missed)
