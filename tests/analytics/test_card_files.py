"""The AI cards lie in docs/cards as the product knows them, in each language."""

from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from analytics.models import ModelCard
from analytics.rules.builtin_card import THRESHOLDS
from analytics.selectors.cards import OpenedCard

DOCS = Path(settings.BASE_DIR) / "docs" / "cards"


@pytest.mark.django_db
def test_the_files_say_what_the_cards_say(tmp_path: Path) -> None:
    out = StringIO()
    call_command("write_cards", tmp_path / "cards", stdout=out)
    written = {file.name: file.read_text() for file in (tmp_path / "cards").iterdir()}
    assert set(written) == {
        f"{card.slug}.{language}.md" for card in ModelCard.objects.all() for language in ("kk", "ru", "en")
    }
    kept = {file.name: file.read_text() for file in DOCS.iterdir()}
    assert written == kept, "run manage.py write_cards docs/cards"
    assert out.getvalue().count("\n") == len(written)


@pytest.mark.django_db
def test_a_file_is_in_its_language_and_complete(tmp_path: Path) -> None:
    call_command("write_cards", tmp_path, stdout=StringIO())
    card = ModelCard.objects.get(pack="tirek-builtin")
    english, russian = ((tmp_path / f"{card.slug}.{language}.md").read_text() for language in ("en", "ru"))
    for words in (card.purpose, *card.limits, *(figure["what"] for figure in card.accuracy)):
        assert words in english
        assert words not in russian
    for file in card.files:
        assert file["sha256"] in english
        assert file["sha256"] in russian


@pytest.mark.django_db
def test_thresholds_stand_in_the_order_in_which_they_decide() -> None:
    """PostgreSQL keeps them in an order of its own."""
    card = ModelCard.objects.get(pack="tirek-builtin")
    names = list(card.thresholds)
    card.thresholds = {"of_its_own": 1, **{name: card.thresholds[name] for name in reversed(names)}}
    opened = OpenedCard(card, None, review_is_due=False, evaluations=())
    assert [label for label, _ in opened.thresholds] == [*map(str, THRESHOLDS.values()), "of_its_own"]
