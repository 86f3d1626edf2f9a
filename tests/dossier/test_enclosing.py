"""What other rooms put into a paper for a meeting."""

import pytest

from caseflow.cases.enclosing import Enclosed, enclose
from caseflow.cases.models import Case
from caseflow.directory.actors import Actor
from caseflow.dossier.enums import Kind
from caseflow.dossier.selectors import read_offer
from caseflow.dossier.services import make_paper
from tests.cases.factories import case_of, psychologist
from tests.dossier.factories import wanted

pytestmark = pytest.mark.django_db
BASIS, PRIVATE, SHARED = "Тайная основа оценки", "Личная заметка автора", "Мама встречает после уроков"
FORMULATION = "Ссора, вечерами хуже, помогает тётя"


@pytest.fixture
def who(db: None) -> Actor:
    return psychologist()


@pytest.fixture
def case(who: Actor) -> Case:
    return case_of(who)


def _nothing(_actor: Actor, _case: Case) -> list[Enclosed]:
    return []


def _something(_actor: Actor, case: Case) -> list[Enclosed]:
    return [Enclosed("1", case.opened_at, "Приложено", "Слова другой комнаты")]


def test_another_room_offers_a_part_only_to_whom_it_has_something(
    who: Actor, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("caseflow.cases.enclosing._enclosures", {})
    enclose("empty", "Empty", f"{__name__}._nothing")  # type: ignore[arg-type]  # a lazy text elsewhere
    enclose("full", "Full", f"{__name__}._something")  # type: ignore[arg-type]
    offer = read_offer(who, case, Kind.PROFILE)
    assert [choice.name for choice in offer.choices if choice.confidential][-1] == "full"
    assert "empty" not in offer.names
    paper = make_paper(who, case.pk, wanted(Kind.PROFILE, "full"))
    assert paper.data["sections"][-1]["rows"][0]["text"] == "Слова другой комнаты"
    assert "full" not in read_offer(who, case, Kind.CHRONOLOGY).names
