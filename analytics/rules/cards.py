"""What a card must say before its models may be used (rule 6)."""

import re
from typing import TYPE_CHECKING, Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from analytics.models import ModelCard
from analytics.pipeline.builtin import BUILTIN_CARD
from analytics.pipeline.layouts import Role
from analytics.rules.model_cards import CARDS

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

SUM: Final = re.compile(r"[0-9a-f]{64}")


def is_builtin(card: ModelCard) -> bool:
    """Whether it is the card of the pack that came with this version of the product."""
    return (card.pack, card.version) == (BUILTIN_CARD.name, BUILTIN_CARD.version)


def comes_with_the_product(card: ModelCard) -> bool:
    """Whether this version of the product brought the card, whatever it is for."""
    return any((card.pack, card.version) == (known["pack"], known["version"]) for known in CARDS.values())


def is_overdue(card: ModelCard) -> bool:
    """Whether its day of review has come; of a card without one it always has."""
    return card.review_on is None or card.review_on <= timezone.localdate()


def missing_of(card: ModelCard) -> "list[StrPromise]":
    """What the card lacks, in words.

    What comes with the product needs no impact assessment of its own: every school states one before it switches on.
    """
    wanted = (
        (card.risk_class, _("the risk class")),
        (card.autonomy, _("the degree of autonomy")),
        (card.owner.strip(), _("the owner")),
        (card.purpose.strip(), _("the purpose")),
        (card.limits, _("the known limits")),
        (_accuracy_is_told(card), _("the published accuracy of its expression network, with its source")),
        (card.licence.strip() and all(file["licence"] for file in card.files), _("the licence of every file")),
        (all(SUM.fullmatch(file["sha256"]) for file in card.files), _("the sha256 of every file")),
        (card.review_on, _("the day until which it must be reviewed")),
        (card.impact_assessment_on or comes_with_the_product(card), _("the day of the impact assessment")),
    )
    return [words for said, words in wanted if not said]


def _accuracy_is_told(card: ModelCard) -> bool:
    return any(
        row["value"] and row["source"] and row.get("role", Role.EXPRESSION) == Role.EXPRESSION for row in card.accuracy
    )
