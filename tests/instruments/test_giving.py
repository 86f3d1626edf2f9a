"""What is given, to whom and in which language; codes; totals that were scored elsewhere."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from caseflow.audit.models import AuditEntry
from caseflow.cases.enums import EntryKind
from caseflow.cases.keeping import refusals_to_close
from caseflow.cases.models import Case
from caseflow.cases.rules import CaseRefused
from caseflow.cases.services import close_case
from caseflow.cases.wordings import page_of, sentence
from caseflow.directory.actors import Actor
from caseflow.instruments.enums import Filling, Respondent, State
from caseflow.instruments.models import Administration, InstrumentVersion
from caseflow.instruments.rules.codes import ALPHABET, LENGTH, new_code, normal_code
from caseflow.instruments.rules.refusals import InstrumentRefused
from caseflow.instruments.selectors.administrations import case_sheet
from caseflow.instruments.selectors.offering import offer_of, offers_of
from caseflow.instruments.services import give, renew_code, stop, type_total
from tests.cases.factories import case_of, lead_over, psychologist
from tests.instruments.factories import given, on_screen, version_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def who() -> Actor:
    return psychologist()


@pytest.fixture
def case(who: Actor) -> Case:
    return case_of(who)


def test_a_code_has_sixty_bits_in_three_groups_and_only_its_keyed_hash_is_kept(who: Actor, case: Case) -> None:
    told = given(who, case)
    assert [len(group) for group in told.code.split("-")] == [4, 4, 4]
    assert len(ALPHABET) ** LENGTH == 2**60
    digest = told.administration.code_digest or ""
    assert len(digest) == 64
    assert normal_code(told.code) not in digest


def test_a_code_is_read_however_it_is_typed() -> None:
    code = new_code()
    assert normal_code(f" {code.lower().replace('-', ' ')} ") == normal_code(code)
    assert normal_code("АВСЕ-НКМР-ТХУ2") == "ABCEHKMPTXY2"


@pytest.mark.parametrize(
    ("instrument", "respondent", "term"),
    [
        ("phq-a", Respondent.PUPIL, timedelta(hours=24)),
        ("psc-17", Respondent.PARENT, timedelta(days=7)),
        ("srss", Respondent.TEACHER, timedelta(days=7)),
    ],
)
def test_a_pupils_code_works_for_a_day_and_that_of_a_grown_up_for_a_week(
    who: Actor, case: Case, instrument: str, respondent: Respondent, term: timedelta
) -> None:
    one = given(who, case, instrument, respondent=respondent).administration
    assert one.code_expires_at is not None
    assert abs(one.code_expires_at - one.given_at - term) < timedelta(seconds=5)


def test_giving_stands_in_the_chronology_by_name_and_leads_to_its_page(who: Actor, case: Case) -> None:
    one = on_screen(who, case)
    line = case.entries.get(code="questionnaire_given")
    assert (line.kind, line.author, line.params) == (EntryKind.ASSESSMENT, who.user, {"instrument": "PHQ-A"})
    assert sentence(line.kind, line.code, line.params) == "Questionnaire given: PHQ-A"
    assert page_of(line.ref) == f"/cases/questionnaires/{one.pk}/"
    entry = AuditEntry.objects.get(action="instrument_given")
    assert (entry.obj, entry.pupil_id) == (f"instruments.Administration/{one.pk}", case.pupil_id)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"respondent": Respondent.PARENT}, "not for this respondent"),
        ({"language": "kk"}, "no approved text"),
        ({"language": "ru"}, "no approved text"),
        ({"language": ""}, "no approved text"),
        ({"filling": Filling.TYPED}, "Choose where"),
    ],
)
def test_only_what_the_pack_offers_can_be_given(who: Actor, case: Case, facts: dict[str, Any], reason: str) -> None:
    with pytest.raises(InstrumentRefused, match=reason):
        given(who, case, **facts)
    assert not Administration.objects.exists()


def test_what_is_not_offered_here_cannot_be_given(who: Actor, case: Case) -> None:
    version_of("phq-a")
    for version in (uuid4(), version_of("sdq").pk, version_of("demo").pk):
        with pytest.raises(InstrumentRefused, match="not offered here"):
            give(
                who,
                case.pk,
                version_id=version,
                respondent=Respondent.PUPIL,
                filling=Filling.CODE,
                language="en",
            )


def test_the_demo_is_offered_in_a_demo_alone(who: Actor, case: Case) -> None:
    version_of("demo")
    assert "Demo" not in [offer.pack.name for offer in offers_of(who, case.pk).rows]
    with override_settings(DEMO=True):
        assert "Demo" in [offer.pack.name for offer in offers_of(who, case.pk).rows]
        assert given(who, case, "demo", language="kk").code


def test_the_offers_say_of_each_language_what_is_known_of_its_words(who: Actor, case: Case) -> None:
    offer = offer_of(who, case.pk, version_of("phq-a").pk)
    assert [(code, offered) for code, offered, _label in offer.languages] == [
        ("kk", False),
        ("ru", False),
        ("en", True),
    ]
    assert offer.languages[0][2] == "needs an approved translation"
    assert offer.about == "Mood over the last two weeks"
    assert offer.asks_of_suicide
    assert not offer_of(who, case.pk, version_of("gad-7").pk).asks_of_suicide
    with pytest.raises(InstrumentVersion.DoesNotExist):
        offer_of(who, case.pk, uuid4())


def test_a_second_open_one_of_a_kind_is_refused_until_the_first_has_ended(who: Actor, case: Case) -> None:
    first = on_screen(who, case)
    with pytest.raises(InstrumentRefused, match="still open"):
        given(who, case)
    assert given(who, case, "gad-7").code
    stop(who, first.pk)
    assert given(who, case).code


def test_nothing_is_given_in_a_closed_case_or_in_one_out_of_reach(who: Actor, case: Case) -> None:
    with pytest.raises(Case.DoesNotExist):
        given(psychologist(), case)
    with pytest.raises(Case.DoesNotExist):
        given(lead_over(case.school), case)
    close_case(who, case.pk, reason="Пора")
    with pytest.raises(CaseRefused):
        given(who, case)


def test_a_case_is_not_closed_while_a_questionnaire_is_open(who: Actor, case: Case) -> None:
    one = on_screen(who, case)
    (refused,) = refusals_to_close(who, case)
    assert "still open" in refused.said
    assert refused.url == reverse("instruments:administration", args=[one.pk])
    with pytest.raises(CaseRefused, match="still open"):
        close_case(who, case.pk, reason="Пора")
    stop(who, one.pk)
    assert refusals_to_close(who, case) == []
    assert not close_case(who, case.pk, reason="Пора").is_open


def test_a_new_code_ends_the_one_before_and_keeps_the_questionnaire(who: Actor, case: Case) -> None:
    first = given(who, case)
    second = renew_code(who, first.administration.pk)
    assert second.administration.pk == first.administration.pk
    assert second.code != first.code
    assert second.administration.code_digest != first.administration.code_digest
    assert AuditEntry.objects.filter(action="instrument_code_made").count() == 1


def test_no_code_is_made_for_the_screen_or_after_the_end(who: Actor, case: Case) -> None:
    one = on_screen(who, case)
    with pytest.raises(InstrumentRefused, match="screen"):
        renew_code(who, one.pk)
    stop(who, one.pk)
    with pytest.raises(InstrumentRefused, match="has ended"):
        renew_code(who, one.pk)
    with pytest.raises(Administration.DoesNotExist):
        renew_code(psychologist(), one.pk)


def typed(who: Actor, case: Case, total: int = 17, **facts: Any) -> Administration:
    said: dict[str, Any] = {
        "respondent": Respondent.PARENT,
        "source": {"by": "Центр психологической поддержки", "place": "на бумаге, по ключу издателя"},
    }
    return type_total(who, case.pk, version_id=version_of("sdq").pk, total=total, **(said | facts))


@pytest.mark.parametrize("total", [0, 40])
def test_a_total_scored_elsewhere_is_kept_with_who_scored_it_and_where(who: Actor, case: Case, total: int) -> None:
    one = typed(who, case, total)
    row = case_sheet(who, case.pk).rows[0]
    assert row.score is not None
    assert (row.score.total, row.score.band, row.band) == (total, "typed", "Scored elsewhere")
    assert (one.state, one.rule, one.rule_version) == (State.FINISHED, "sdq-total", 1)
    assert "Центр".encode() not in bytes(one.source_sealed)
    assert case.entries.filter(code="questionnaire_typed").exists()


@pytest.mark.parametrize(
    ("total", "facts", "reason"),
    [
        (-1, {}, "between 0 and 40"),
        (41, {}, "between 0 and 40"),
        (5, {"source": {"by": " ", "place": "дома"}}, "who scored it"),
        (5, {"source": {"by": "Мама"}}, "who scored it"),
        (5, {"respondent": "class"}, "who scored it"),
    ],
)
def test_a_total_that_cannot_be_is_refused(
    who: Actor, case: Case, total: int, facts: dict[str, Any], reason: str
) -> None:
    with pytest.raises(InstrumentRefused, match=reason):
        typed(who, case, total, **facts)


def test_a_questionnaire_with_questions_takes_no_typed_total(who: Actor, case: Case) -> None:
    with pytest.raises(InstrumentRefused, match="not offered here"):
        type_total(
            who,
            case.pk,
            version_id=version_of("gad-7").pk,
            respondent=Respondent.PUPIL,
            total=5,
            source={"by": "a", "place": "b"},
        )


def test_a_code_that_ran_out_is_shown_as_such(who: Actor, case: Case) -> None:
    one = given(who, case).administration
    assert not case_sheet(who, case.pk).rows[0].code_has_ended
    Administration.objects.filter(pk=one.pk).update(code_expires_at=timezone.now())
    assert case_sheet(who, case.pk).rows[0].code_has_ended
