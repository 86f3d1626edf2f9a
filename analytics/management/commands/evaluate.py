import json
from pathlib import Path
from typing import Any

from django.core.management import CommandParser
from django.core.management.base import BaseCommand, CommandError

from analytics.enums import Feature
from analytics.management.evaluation_tables import report, without_figures
from analytics.models import ModelCard
from analytics.models.evaluations import LONGEST_NAME
from analytics.pipeline.errors import ModelChanged, ModelMissing
from analytics.pipeline.evaluation_json import evaluation_json
from analytics.pipeline.labelled import LabelledSetError
from analytics.rules.builtin_card import SLUG
from analytics.selectors.packs import cards_of
from analytics.services.evaluating import Evaluated, NothingUsedError, evaluate_model


class Command(BaseCommand):
    """Hold a model against a folder of labelled faces; its card keeps the figures."""

    help = (
        "Tells how well a model does on faces whose expression is known, and keeps the figures on its card. "
        "FOLDER has a folder for each expression with pictures or clips, and may have a groups.csv (file,group). "
        "Use a published set or pictures of people who agreed to it: docs/evaluating-a-model.md."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="FOLDER")
        parser.add_argument("--pack", default=SLUG, metavar="SLUG", help=f"which card's models; else {SLUG}")
        parser.add_argument("--name", help="what the card calls the set; else the folder's name")
        parser.add_argument("--json", action="store_true", help="print one JSON object in place of tables")

    def handle(self, *_args: Any, **options: Any) -> None:
        card = _card(options["pack"])
        folder: Path = options["folder"]
        name = _name(folder.resolve().name if options["name"] is None else options["name"])
        try:
            evaluated = evaluate_model(card, folder, name=name)
        except (LabelledSetError, OSError) as error:
            raise CommandError(str(error)) from error
        except (ModelMissing, ModelChanged) as error:
            raise CommandError(f"The models of {card} cannot be used: {error}.") from error
        except NothingUsedError as error:
            raise CommandError(without_figures(error.evaluation)) from error
        self.stdout.write(_as_json(evaluated) if options["json"] else _as_text(evaluated))


def _card(slug: str) -> ModelCard:
    try:
        return cards_of(Feature.MOOD).get(slug=slug)
    except ModelCard.DoesNotExist as error:
        known = ", ".join(cards_of(Feature.MOOD).values_list("slug", flat=True))
        raise CommandError(f"No card is called {slug}. There are: {known}.") from error


def _name(name: str) -> str:
    if not name.strip() or not name.isprintable() or len(name) > LONGEST_NAME:
        raise CommandError(f"Give the set a name of 1 to {LONGEST_NAME} letters with --name.")
    return name.strip()


def _as_text(evaluated: Evaluated) -> str:
    kept = evaluated.kept
    return f"{kept.card} on {kept.name}\n{report(evaluated.evaluation)}\n\nKept on the card {kept.card.slug}."


def _as_json(evaluated: Evaluated) -> str:
    kept = evaluated.kept
    told = {
        "card": kept.card.slug,
        "model": kept.card.pack,
        "version": kept.card.version,
        "name": kept.name,
        "evaluated_at": kept.evaluated_at.isoformat(),
        **evaluation_json(evaluated.evaluation),
        "unreadable_files": [{"file": one.name, "reason": one.code} for one in evaluated.evaluation.unreadable],
    }
    return json.dumps(told)
