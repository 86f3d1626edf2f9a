from datetime import timedelta

import pytest
from django.db import transaction
from django.http import Http404
from django.utils import timezone

from caseflow.audit.models import AuditEntry
from caseflow.consent.enums import Purpose
from caseflow.consent.errors import (
    NoSchoolYearError,
    NotConfirmedError,
    NothingToWithdrawError,
    TextOutdatedError,
)
from caseflow.consent.models import ConsentEvent, ConsentText
from caseflow.consent.selectors import gate_open
from caseflow.consent.services import give, refuse, withdraw
from caseflow.consent.shown import shown_digest, text_digest
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Pupil
from caseflow.records.append_only import AppendOnlyError
from tests.consent.factories import text
from tests.directory.factories import PupilFactory, actor, parent_of

pytestmark = pytest.mark.django_db
MOOD = Purpose.MOOD_ANALYSIS


def agree(parent: Actor, pupil: Pupil, purpose: Purpose = MOOD) -> ConsentEvent:
    words = text(purpose, "kk")
    return give(parent, pupil_id=pupil.pk, purpose=purpose, text_id=words.pk, language="kk", confirmed=True)


def is_open(pupil: Pupil, purpose: Purpose = MOOD) -> bool:
    now = timezone.now()
    return gate_open(pupil.pk, purpose, frame_at=now, now=now, operator_id=pupil.school_id)


def test_a_consent_holds_all_that_rule_8_asks_and_opens_the_gate() -> None:
    pupil = PupilFactory.create()
    parent = parent_of(pupil)

    event = agree(parent, pupil)

    words = text(MOOD, "kk")
    assert event.is_complete
    assert (event.operator, event.operator_bin, event.language) == (pupil.school, pupil.school.bin, "kk")
    assert event.data_categories == words.data_categories
    assert event.cross_border is False
    assert event.shown_sha256 == shown_digest(words, pupil.school.name_kk, pupil.school.bin)
    assert pupil.school_class is not None
    assert timezone.localtime(event.expires_at).date() == pupil.school_class.year.ends_on + timedelta(days=1)
    assert is_open(pupil)


def test_in_a_language_without_a_text_nothing_is_agreed_to() -> None:
    pupil = PupilFactory.create()
    words = text(MOOD, "kk")

    with pytest.raises(TextOutdatedError):
        give(parent_of(pupil), pupil_id=pupil.pk, purpose=MOOD, text_id=words.pk, language="de", confirmed=True)
    assert not ConsentEvent.objects.exists()


@pytest.mark.parametrize("missing", ["operator_bin", "data_categories", "third_parties", "term", "shown_sha256"])
def test_a_consent_that_lacks_one_thing_is_not_active(missing: str) -> None:
    pupil = PupilFactory.create()
    event = agree(parent_of(pupil), pupil)

    ConsentEvent._base_manager.filter(pk=event.pk).update(**{missing: ""})

    assert not is_open(pupil)


def test_giving_needs_the_full_text_opened_and_confirmed() -> None:
    pupil = PupilFactory.create()
    with pytest.raises(NotConfirmedError):
        give(parent_of(pupil), pupil_id=pupil.pk, purpose=MOOD, text_id=text().pk, language="en", confirmed=False)

    assert not ConsentEvent.objects.exists()


def test_a_text_in_another_language_or_of_another_school_is_not_what_was_shown() -> None:
    pupil = PupilFactory.create()
    parent = parent_of(pupil)
    elsewhere = shown_digest(text(MOOD, "kk"), "Басқа мектеп", "999999999999")

    for language, shown in (("ru", None), ("kk", elsewhere)):
        with pytest.raises(TextOutdatedError):
            give(
                parent,
                pupil_id=pupil.pk,
                purpose=MOOD,
                text_id=text(MOOD, "kk").pk,
                language=language,
                confirmed=True,
                shown_sha256=shown,
            )


def test_without_a_school_year_a_consent_would_have_no_end() -> None:
    pupil = PupilFactory.create(school_class=None, school=PupilFactory.create().school)
    parent = parent_of(pupil)
    type(pupil.school.district.region.school_years.get()).objects.update(ends_on="2020-08-31", starts_on="2019-09-01")

    with pytest.raises(NoSchoolYearError):
        agree(parent, pupil)


def test_withdrawing_is_effective_at_once_and_leaves_both_lines() -> None:
    pupil = PupilFactory.create()
    parent = parent_of(pupil)
    agree(parent, pupil)

    withdraw(parent, pupil_id=pupil.pk, purpose=MOOD)

    assert not is_open(pupil)
    assert [e.kind for e in ConsentEvent.objects.order_by("at")] == ["given", "withdrawn"]
    assert list(AuditEntry.objects.order_by("id").values_list("action", "pupil_id")) == [
        ("consent.given", pupil.pk),
        ("consent.withdrawn", pupil.pk),
    ]


def test_what_was_never_given_cannot_be_withdrawn() -> None:
    pupil = PupilFactory.create()
    with pytest.raises(NothingToWithdrawError):
        withdraw(parent_of(pupil), pupil_id=pupil.pk, purpose=MOOD)


def test_one_guardians_refusal_closes_what_the_other_has_opened() -> None:
    pupil = PupilFactory.create()
    agree(parent_of(pupil), pupil)

    refuse(parent_of(pupil), pupil_id=pupil.pk, purpose=MOOD)

    assert not is_open(pupil)


def test_nobody_decides_for_a_child_that_is_not_theirs() -> None:
    stranger, pupil = parent_of(PupilFactory.create()), PupilFactory.create()
    for who in (stranger, actor(Role.PSYCHOLOGIST, school=pupil.school)):
        with pytest.raises(Http404):
            agree(who, pupil)
        with pytest.raises(Http404):
            withdraw(who, pupil_id=pupil.pk, purpose=MOOD)


def test_at_eighteen_the_guardians_word_ends_and_the_pupils_begins() -> None:
    pupil = PupilFactory.create()
    parent = parent_of(pupil)
    agree(parent, pupil)
    Pupil.objects.filter(pk=pupil.pk).update(birth_date=timezone.localdate().replace(year=2000, day=1))
    grown = actor(Role.PUPIL, pupil=pupil)

    assert not is_open(pupil)
    with pytest.raises(Http404):
        withdraw(parent, pupil_id=pupil.pk, purpose=MOOD)
    agree(grown, pupil)
    assert is_open(pupil)


def test_a_child_does_not_decide_in_place_of_its_guardians() -> None:
    pupil = PupilFactory.create()
    with pytest.raises(Http404):
        agree(actor(Role.PUPIL, pupil=pupil), pupil)


def test_a_consent_given_to_one_school_says_nothing_to_another() -> None:
    pupil, elsewhere = PupilFactory.create(), PupilFactory.create().school
    agree(parent_of(pupil), pupil)
    now = timezone.now()

    assert not gate_open(pupil.pk, MOOD, frame_at=now, now=now, operator_id=elsewhere.pk)


def test_the_ledger_and_the_texts_refuse_to_be_changed() -> None:
    pupil = PupilFactory.create()
    event = agree(parent_of(pupil), pupil)

    for row in (event, text()):
        with pytest.raises(AppendOnlyError):
            row.save()
        with pytest.raises(AppendOnlyError):
            row.delete()
        rows = type(row).objects.filter(pk=row.pk)
        for change in (
            rows.delete,
            lambda rows=rows: rows.update(language="kk"),
            lambda rows=rows: rows.bulk_update([], []),
        ):
            with pytest.raises(AppendOnlyError):
                change()


def test_lines_of_one_pupil_never_share_a_moment() -> None:
    pupil = PupilFactory.create()
    parent = parent_of(pupil)
    with transaction.atomic():
        for _ in range(5):
            refuse(parent, pupil_id=pupil.pk, purpose=MOOD)

    moments = list(ConsentEvent.objects.values_list("at", flat=True))
    assert len(set(moments)) == 5


def test_each_purpose_ships_its_text_in_three_languages_with_its_digest() -> None:
    texts = list(ConsentText.objects.all())

    assert {(t.purpose, t.language) for t in texts} == {(p, lang) for p in Purpose for lang in ("kk", "ru", "en")}
    assert all(t.sha256 == text_digest(t) and t.status == "awaiting_lawyer" for t in texts)
    assert all(len({t.body for t in texts if t.purpose == p}) == 3 for p in Purpose)
