"""The pages of the staff: what they show, what they ask, and to whom."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from caseflow.cases.models import Case
from caseflow.cases.services import close_case
from caseflow.directory.actors import Actor
from caseflow.instruments.enums import Respondent, State
from caseflow.instruments.models import Administration, InstrumentVersion
from caseflow.instruments.selectors.administrations import read_answers
from caseflow.instruments.services import save_answers, stop
from tests.cases.factories import case_of, psychologist
from tests.directory.factories import signed_in
from tests.instruments.factories import (
    given,
    on_screen,
    pack_text,
    region_lead,
    school_of,
    shipped,
    translated_pack,
    version_of,
)

pytestmark = pytest.mark.django_db
NO_NORMS = "No norms for Kazakhstan are known"


@pytest.fixture
def who() -> Actor:
    return psychologist()


@pytest.fixture
def case(who: Actor) -> Case:
    return case_of(who)


def get(who: Actor, name: str, *args: Any, **headers: str) -> Any:
    return signed_in(who).get(reverse(f"instruments:{name}", args=args), headers=headers)


def post(who: Actor, name: str, *args: Any, data: dict[str, Any] | None = None, **headers: str) -> Any:
    return signed_in(who).post(reverse(f"instruments:{name}", args=args), data or {}, headers=headers)


def html(response: Any) -> str:
    return str(response.content.decode())


def test_a_case_shows_its_questionnaires_in_a_tab_and_beside_its_chronology(who: Actor, case: Case) -> None:
    page = html(signed_in(who).get(reverse("cases:detail", args=[case.pk])))
    assert reverse("instruments:card", args=[case.pk]) in page
    assert reverse("instruments:case", args=[case.pk]) in page


def test_the_tab_of_a_case_says_so_when_nothing_was_given(who: Actor, case: Case) -> None:
    page = html(get(who, "case", case.pk))
    assert "None was given yet" in page
    assert NO_NORMS not in page


def test_the_history_is_a_drawing_with_a_table_beneath(who: Actor, case: Case) -> None:
    for value in (1, 2):
        one = on_screen(who, case, "gad-7")
        save_answers(who, one.pk, dict.fromkeys(map(str, range(1, 8)), value), ends=True)
        page = html(get(who, "case", case.pk))
        assert ("qn-chart" in page) is (value == 2)
    assert 'role="img" aria-label="GAD-7, totals by day: ' in page
    assert "GAD-7 over time, pupil" in page
    assert "needs assessment" in page
    assert NO_NORMS in page
    assert "Moderate signs" in html(get(who, "card", case.pk))


def test_the_card_shows_three_and_leads_to_the_rest(who: Actor, case: Case) -> None:
    for name in ("asq", "c-ssrs", "gad-7", "who-5"):
        on_screen(who, case, name)
    page = html(get(who, "card", case.pk))
    assert page.count("<time") == 3
    assert "All questionnaires and their history" in page


def test_what_may_be_given_says_which_languages_need_an_approved_translation(who: Actor, case: Case) -> None:
    shipped()
    page = html(get(who, "choose", case.pk))
    assert "needs an approved translation" in page
    assert "PHQ-A" in page
    assert "Type a total" in page
    assert "results are never put in an order" in page
    assert "No questionnaire is offered yet" not in page


def test_where_nothing_was_imported_the_page_says_who_does_it(who: Actor, case: Case) -> None:
    assert "No questionnaire is offered yet" in html(get(who, "choose", case.pk))


def test_one_for_the_screen_is_given_and_filled_in_there(who: Actor, case: Case) -> None:
    version = version_of("asq").pk
    form = html(get(who, "give", case.pk, version))
    assert "starts the high-risk steps" in form
    assert 'value="kk"' not in form.split("<main", 1)[1].split("</main>", 1)[0]
    chosen = {"respondent": "pupil", "language": "en", "filling": "screen"}
    answer = post(who, "give", case.pk, version, data=chosen)
    one = Administration.objects.get()
    assert (answer.status_code, answer.url) == (302, reverse("instruments:sheet", args=[one.pk]))
    again = post(who, "give", case.pk, version, data=chosen)
    assert again.status_code == 422
    assert "still open" in html(again)


def test_a_code_is_shown_once_and_never_again(who: Actor, case: Case) -> None:
    version = version_of("phq-a").pk
    page = html(post(who, "give", case.pk, version, data={"respondent": "pupil", "language": "en", "filling": "code"}))
    one = Administration.objects.get()
    code = page.split('translate="no">')[1].split("<")[0]
    assert len(code) == 14
    assert code not in html(get(who, "administration", one.pk))
    renewed = html(post(who, "code", one.pk))
    assert 'translate="no">' in renewed
    assert code not in renewed
    assert "/q/" in renewed
    stop(who, one.pk)
    assert post(who, "code", one.pk).status_code == 302


def test_nothing_is_given_without_a_choice_or_in_a_closed_case(who: Actor, case: Case) -> None:
    version = version_of("phq-a").pk
    assert post(who, "give", case.pk, version, data={"respondent": "teacher"}).status_code == 422
    close_case(who, case.pk, reason="Пора")
    chosen = {"respondent": "pupil", "language": "en", "filling": "screen"}
    answer = post(who, "give", case.pk, version, data=chosen)
    assert (answer.status_code, "Reopen it first" in html(answer)) == (422, True)


def test_a_total_of_the_sdq_is_typed_and_no_question_is_shown(who: Actor, case: Case) -> None:
    version = version_of("sdq").pk
    assert "needs a licence" in html(get(who, "give", case.pk, version))
    said = {"respondent": "parent", "total": "17", "by": "Центр поддержки", "place": "на бумаге"}
    assert post(who, "give", case.pk, version, data=said | {"total": "41"}).status_code == 422
    assert post(who, "give", case.pk, version, data=said).status_code == 302
    one = Administration.objects.get()
    page = html(get(who, "administration", one.pk))
    assert "Центр поддержки" in page
    assert "на бумаге" in page
    assert "17" in page
    close_case(who, case.pk, reason="Пора")
    assert post(who, "give", case.pk, version, data=said).status_code == 422


def test_each_change_on_the_screen_is_kept_and_htmx_gets_the_form_alone(who: Actor, case: Case) -> None:
    one = on_screen(who, case, "asq")
    assert "<html" in html(get(who, "sheet", one.pk))
    answer = post(who, "sheet", one.pk, data={"q-1": "0", "q-2": ""}, **{"HX-Request": "true"})
    assert (answer.status_code, "<html" in html(answer)) == (200, False)
    assert "Kept" in html(answer)
    assert read_answers(one) == {"1": 0}
    assert "name=q-5" not in html(answer).replace('"', "")


def test_an_answer_about_suicide_says_at_once_what_to_do(who: Actor, case: Case) -> None:
    one = on_screen(who, case, "asq")
    page = html(post(who, "sheet", one.pk, data={"q-1": "1"}))
    assert "Do not leave the pupil alone" in page
    assert "name=q-5" in page.replace('"', "")
    assert "Do not leave the pupil alone" in html(get(who, "administration", one.pk))
    assert "An answer asked for a person at once" in html(get(who, "case", case.pk))


def test_finishing_early_keeps_what_was_entered_and_says_what_is_open(who: Actor, case: Case) -> None:
    one = on_screen(who, case, "asq")
    answer = post(who, "sheet", one.pk, data={"q-1": "0", "finish": "1"})
    assert (answer.status_code, "have no answer yet" in html(answer)) == (422, True)
    assert read_answers(one) == {"1": 0}
    wrong = post(who, "sheet", one.pk, data={"q-1": "many"})
    assert (wrong.status_code, "no answer to the question" in html(wrong)) == (422, True)


def test_a_finished_one_leads_to_what_it_came_to(who: Actor, case: Case) -> None:
    one = on_screen(who, case, "asq")
    said = {f"q-{number}": "0" for number in range(1, 4)} | {"q-4": "refused", "q-5": "0", "finish": "1"}
    answer = post(who, "sheet", one.pk, data=said)
    assert (answer.status_code, answer.url) == (302, reverse("instruments:administration", args=[one.pk]))
    page = html(get(who, "administration", one.pk))
    assert "rather not answered" in page
    assert "rule asq, version 1" in page
    assert "A question about suicide has no answer" in page
    assert NO_NORMS in page
    assert get(who, "sheet", one.pk).status_code == 302
    fragment = post(who, "sheet", one.pk, data={"q-1": "0"}, **{"HX-Request": "true"})
    assert fragment.headers["HX-Redirect"] == reverse("instruments:administration", args=[one.pk])


def test_one_that_waits_says_how_long_its_code_works_and_can_be_stopped(who: Actor, case: Case) -> None:
    one = given(who, case).administration
    assert "The code works until" in html(get(who, "administration", one.pk))
    assert post(who, "stop", one.pk).status_code == 302
    one.refresh_from_db()
    assert one.state == State.STOPPED
    assert post(who, "stop", one.pk).status_code == 302


def test_the_parts_of_a_psc_17_stand_in_a_table(who: Actor, case: Case) -> None:
    one = on_screen(who, case, "psc-17", respondent=Respondent.PARENT)
    save_answers(who, one.pk, {str(number): 1 for number in range(1, 18)}, ends=True)
    assert "Turned inwards: worry and sadness" in html(get(who, "administration", one.pk))


def test_the_catalogue_names_sources_licences_and_hashes(who: Actor) -> None:
    shipped()
    assert "SRSS" in html(get(who, "catalogue"))
    version = version_of("phq-a")
    page = html(get(who, "version", version.pk))
    assert version.digest in page
    assert "Public domain" in page
    assert "nimh.nih.gov" in page
    assert "Without a licence there are no questions" in html(get(who, "version", version_of("sdq").pk))
    file = get(who, "file", version.pk)
    assert file.content.decode() == pack_text("phq-a")
    assert file.headers["Content-Disposition"] == 'attachment; filename="phq-a-1.toml"'


def upload(text: bytes) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("pack.toml", text)}


def test_the_lead_of_the_region_imports_a_pack_and_puts_it_to_use(who: Actor) -> None:
    shipped()
    lead = region_lead(school_of(who))
    assert "What an approved translation says" in html(get(lead, "import"))
    answer = post(lead, "import", data=upload(translated_pack().encode()))
    version = InstrumentVersion.objects.get(version="1-ru")
    assert (answer.status_code, answer.url) == (302, reverse("instruments:version", args=[version.pk]))
    page = html(get(lead, "version", version.pk))
    assert "Областной методический совет" in page
    assert "Put to use" in page
    assert "Imported, not given" in html(get(lead, "catalogue"))
    assert post(lead, "use", version.pk).status_code == 302
    assert "Put to use" not in html(get(lead, "version", version.pk)).split("</main>")[0]


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"x = 1", "missing or cannot be used"), (b"\xff\xfe\xff", "no text in UTF-8"), (b"#" * 200_001, "too large")],
)
def test_what_is_no_pack_is_refused_on_its_page(who: Actor, content: bytes, reason: str) -> None:
    answer = post(region_lead(school_of(who)), "import", data=upload(content))
    assert (answer.status_code, reason in html(answer)) == (422, True)


@pytest.mark.parametrize("rows", [1, 12])
def test_a_list_costs_the_same_number_of_queries_however_long(
    who: Actor, case: Case, rows: int, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        one = on_screen(who, case, "gad-7")
        save_answers(who, one.pk, {"1": 1})
        stop(who, one.pk)
    browser = signed_in(who)
    browser.get(reverse("instruments:card", args=[case.pk]))
    with django_assert_num_queries(13):
        browser.get(reverse("instruments:card", args=[case.pk]))
