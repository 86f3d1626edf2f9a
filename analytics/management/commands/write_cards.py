"""The AI cards as files, for those who read them outside of the product."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import CommandParser
from django.core.management.base import BaseCommand
from django.template.loader import render_to_string
from django.utils import translation

from analytics.models import ModelCard
from analytics.selectors.cards import OpenedCard


class Command(BaseCommand):
    """Write each model's card in each language."""

    help = "Writes the AI cards (rule 6) as Markdown into FOLDER, one file for each model and language."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="FOLDER")

    def handle(self, *_args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        folder.mkdir(parents=True, exist_ok=True)
        for card in ModelCard.objects.order_by("slug"):
            opened = OpenedCard(card, None, review_is_due=False, evaluations=())
            for language, _ in settings.LANGUAGES:
                with translation.override(language):
                    text = render_to_string("analytics/card.md", {"opened": opened})
                file = folder / f"{card.slug}.{language}.md"
                file.write_text(text.rstrip() + "\n", encoding="utf-8")
                self.stdout.write(str(file))
