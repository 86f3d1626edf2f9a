"""Signals, series, the use of AI, cards and switches by the API: each says that a model made it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from analytics.enums import Mode, RunState
from analytics.models import AnalysisRun, FeatureSwitch, ModelCard, Signal
from analytics.selectors.switching import mode_of
from analytics.services.deciding import decide_signal
from caseflow.audit.models import AuditEntry
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.triage.models import TriageItem
from tests.analytics.factories import Lesson, lesson, run_of, seen, signal_for, withdraw
from tests.api.asking import get, post
from tests.directory.factories import MembershipFactory, actor

pytestmark = pytest.mark.django_db
DISMISS = {"decision": "dismiss", "reason_code": "not_confirmed", "reason": "Разговор не подтвердил"}
GROUNDS = {"legal_basis": "Приказ школы № 7", "impact_assessment_on": "2026-01-15"}


@pytest.fixture
def where() -> Lesson:
    return lesson()


@pytest.fixture
def who(where: Lesson) -> Actor:
    return where.psychologist


@pytest.fixture
def lead(where: Lesson) -> Actor:
    return actor(Role.LEAD_PSYCHOLOGIST, district=where.school.district)


@pytest.fixture
def signal(where: Lesson) -> Signal:
    return signal_for(where)


@pytest.fixture
def card(where: Lesson) -> ModelCard:
    return ModelCard.objects.get(pack="tirek-builtin")


def parent_in(where: Lesson) -> Actor:
    """The guardian who consented for the first pupil."""
    guardian = where.pupils[0].guardianships.get().guardian
    membership = MembershipFactory.create(user=guardian.user, role=Role.PARENT, guardian=guardian)
    return Actor(membership.user, membership)


def test_a_signal_is_decided_once_and_always_with_a_reason(where: Lesson, who: Actor, signal: Signal) -> None:
    bare = post(who, "signal-decide", signal.pk, decision="open_case")
    assert (bare.status_code, bare.json()) == (400, {"reason": ["This field is required."]})
    decided = post(who, "signal-decide", signal.pk, **DISMISS)
    assert (decided.status_code, decided.json()["state"]) == (200, "dismissed")
    assert (decided.json()["ai_generated"], decided.json()["model"]) == (True, str(signal.card))
    lost = post(actor(Role.PSYCHOLOGIST, school=where.school), "signal-decide", signal.pk, **DISMISS)
    assert (lost.status_code, lost.json()["by"]) == (409, who.user.short_name)


def test_a_signal_whose_consent_was_withdrawn_is_not_there(where: Lesson, who: Actor, signal: Signal) -> None:
    withdraw(where.pupils[0])
    assert get(who, "signal-detail", signal.pk).status_code == 404
    assert post(who, "signal-decide", signal.pk, **DISMISS).status_code == 404
    assert TriageItem.objects.get(pk=signal.pk).is_open


def test_a_series_names_its_model_and_the_reading_is_logged(
    where: Lesson, who: Actor, signal: Signal, card: ModelCard
) -> None:
    mood = get(who, "mood-detail", where.pupils[0].pk).json()["mood"]
    assert (mood["ai_generated"], mood["model"], mood["version"]) == (True, card.pack, card.version)
    assert (mood["signal"], mood["days_missing"], len(mood["days"])) == (str(signal.pk), 0, 24)
    assert mood["usual"]["sd"] > 0
    assert AuditEntry.objects.filter(action="read", obj__startswith="mood:").count() == 1


def test_nothing_to_show_is_never_explained(where: Lesson, who: Actor, signal: Signal) -> None:
    never_seen = get(who, "mood-detail", where.pupils[1].pk).json()
    withdraw(where.pupils[0])
    assert get(who, "mood-detail", where.pupils[0].pk).json() == never_seen == {"mood": None}


def test_a_parent_learns_that_ai_was_used_and_later_what_a_person_decided(
    where: Lesson, who: Actor, signal: Signal, card: ModelCard
) -> None:
    parent = parent_in(where)
    decide_signal(who, signal.pk, **DISMISS)
    AnalysisRun.objects.update(ended_at=timezone.now() - timedelta(days=13))
    early = get(parent, "ai-use-detail", where.pupils[0].pk).json()
    assert (early["runs"], early["outcomes"]) == ([], [])
    a_fortnight_ago = timezone.now() - timedelta(days=15)
    AnalysisRun.objects.update(ended_at=a_fortnight_ago)
    TriageItem.objects.update(decided_at=a_fortnight_ago)
    told = get(parent, "ai-use-detail", where.pupils[0].pk).json()
    assert {(run["ai_generated"], run["model"], run["version"]) for run in told["runs"]} == {
        (True, card.pack, card.version)
    }
    (outcome,) = told["outcomes"]
    assert (outcome["state"], outcome["ai_generated"]) == ("dismissed", True)
    assert (outcome["model"], outcome["version"]) == (card.pack, card.version)
    assert get(parent, "ai-use-detail", where.pupils[1].pk).status_code == 404


def test_a_run_report_counts_seats_and_marks_its_model(where: Lesson, who: Actor, card: ModelCard) -> None:
    run = run_of(where, state=RunState.DONE)
    seen(run, where.seats[0])
    found = get(who, "run-detail", run.pk).json()
    assert (found["run"]["ai_generated"], found["run"]["version"]) == (True, card.version)
    assert [one["pupil"] for one in found["seen"]] == [str(where.pupils[0].pk)]


def test_a_card_tells_rates_only_to_those_who_may_know_them(
    where: Lesson, who: Actor, signal: Signal, card: ModelCard
) -> None:
    (rate,) = get(who, "card-detail", card.slug).json()["rates"]
    assert (rate["school"], rate["signals"], rate["waiting"]) == (where.school.name, 1, 1)
    found = get(actor(Role.TEACHER, school=where.school), "card-detail", card.slug).json()
    assert (found["card"]["version"], found["rates"]) == (card.version, None)
    assert get(who, "card-detail", "no-such-card").status_code == 404


class TestSwitch:
    def test_starting_needs_both_grounds_and_says_which_is_missing(self, where: Lesson, lead: Actor) -> None:
        FeatureSwitch.objects.all().delete()
        bare = post(lead, "switch-turn", where.school.pk, mode="shadow")
        assert (bare.status_code, list(bare.json())) == (400, ["legal_basis"])
        tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
        ahead = post(
            lead, "switch-turn", where.school.pk, mode="shadow", **GROUNDS | {"impact_assessment_on": tomorrow}
        )
        assert (ahead.status_code, list(ahead.json())) == (400, ["impact_assessment_on"])
        assert mode_of(where.school.pk) == Mode.OFF

    def test_a_lead_starts_in_shadow_and_stops_without_a_reason(self, where: Lesson, lead: Actor) -> None:
        FeatureSwitch.objects.all().delete()
        turned = post(lead, "switch-turn", where.school.pk, mode="shadow", **GROUNDS)
        assert (turned.status_code, turned.json()["mode"]) == (200, "shadow")
        (school,) = get(lead, "switch-list").json()["schools"]
        assert (school["mode"], school["legal_basis"]) == ("shadow", GROUNDS["legal_basis"])
        assert date.fromisoformat(school["impact_assessment_on"]) == date(2026, 1, 15)
        assert post(lead, "switch-turn", where.school.pk, mode="off").status_code == 200
        assert mode_of(where.school.pk) == Mode.OFF

    def test_another_districts_school_is_not_there(self, lead: Actor) -> None:
        far = lesson()
        assert post(lead, "switch-turn", far.school.pk, mode="off").status_code == 404
        assert mode_of(far.school.pk) == Mode.ACTIVE

    def test_the_administrator_stops_everything_and_lets_go_again(self, where: Lesson) -> None:
        administrator = actor(Role.SYSTEM_ADMIN)
        assert post(administrator, "switch-everything", stopped=True).json()["school"] is None
        assert mode_of(where.school.pk) == Mode.OFF
        assert get(administrator, "switch-list").json()["everything_stopped"] is True
        post(administrator, "switch-everything", stopped=False)
        assert mode_of(where.school.pk) == Mode.ACTIVE
        assert post(administrator, "switch-turn", where.school.pk, mode="off").status_code == 403

    def test_where_the_jurisdiction_forbids_it_the_refusal_names_the_article(
        self, where: Lesson, lead: Actor, settings: object
    ) -> None:
        settings.JURISDICTION = "EU"  # type: ignore[attr-defined]  # pytest-django's wrapper
        answer = post(lead, "switch-turn", where.school.pk, mode="active", **GROUNDS)
        assert answer.status_code == 409
        assert "5(1)(f)" in answer.json()["detail"]
