from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from analytics.enums import Feature, Mode, PackState
from analytics.models import FeatureSwitch, ModelCard, ModelChoice
from analytics.rules.cards import is_overdue
from analytics.rules.model_cards import CARDS
from analytics.selectors.packs import ListedPack, listed_packs
from caseflow.directory.actors import Actor
from caseflow.directory.models import School

PAST_SHOWN: Final = 30
FORBIDDING: Final = frozenset({"EU"})  # AI Act 5(1)(f): rule 2


def forbidden_here(feature: Feature = Feature.MOOD) -> bool:
    """Whether the jurisdiction of this installation forbids it in education whatever the consent: reading emotions is,
    motion without persons is not."""
    return feature == Feature.MOOD and getattr(settings, "JURISDICTION", "KZ") in FORBIDDING


def installation_mode(feature: Feature = Feature.MOOD) -> Mode:
    """`off` when everything is stopped, else `active`: each school decides."""
    if forbidden_here(feature):
        return Mode.OFF
    latest = FeatureSwitch.objects.filter(school=None).values_list("mode", flat=True).first()
    return Mode(latest) if latest else Mode.ACTIVE


def mode_of(school_id: int, feature: Feature = Feature.MOOD) -> Mode:
    """How far a feature is switched on for a school at this moment; `off` unless somebody switched it on."""
    if installation_mode(feature) == Mode.OFF:
        return Mode.OFF
    latest = FeatureSwitch.objects.filter(school=school_id, feature=feature).values_list("mode", flat=True).first()
    return Mode(latest) if latest else Mode.OFF


def any_on(school_ids: Iterable[int]) -> bool:
    """Whether mood analysis runs in any of the schools."""
    if installation_mode() == Mode.OFF:
        return False
    mood = FeatureSwitch.objects.filter(feature=Feature.MOOD)
    latest = mood.filter(school=OuterRef("school")).order_by("-pk").values("pk")[:1]
    on = mood.filter(school__in=list(school_ids), pk=Subquery(latest)).exclude(mode=Mode.OFF)
    return on.exists()


def switched(schools: QuerySet[School], feature: Feature = Feature.MOOD) -> QuerySet[School]:
    """Schools with `switch_mode`, `switch_at`, `switch_basis`, `switch_assessed_on` of their latest switch."""
    latest = FeatureSwitch.objects.filter(school=OuterRef("pk"), feature=feature).order_by("-pk")
    return schools.annotate(
        switch_mode=Coalesce(Subquery(latest.values("mode")[:1]), Value(Mode.OFF.value)),
        switch_at=Subquery(latest.values("at")[:1]),
        switch_basis=Subquery(latest.values("legal_basis")[:1]),
        switch_assessed_on=Subquery(latest.values("impact_assessment_on")[:1]),
    )


@dataclass(frozen=True, slots=True)
class Switchboard:
    """The switches of a feature that an actor may see: `rows` are schools with the annotations of `switched`, `past`
    their turns."""

    feature: Feature
    rows: tuple[Any, ...]
    past: tuple[FeatureSwitch, ...]
    everything_stopped: bool
    forbidden: bool
    packs: tuple[ListedPack, ...]

    @property
    def card(self) -> ModelCard | None:
        """That of the pack that analyses."""
        return next((pack.card for pack in self.packs if pack.state == PackState.ANALYSES), None)

    @property
    def review_is_overdue(self) -> bool:
        """Whether no school may be switched on before the card was reviewed."""
        return self.card is not None and is_overdue(self.card)


def switchboard(actor: Actor, feature: Feature = Feature.MOOD) -> Switchboard:
    """The switches of the actor's schools (6 queries at most)."""
    past = FeatureSwitch.objects.filter(school__in=actor.schools(), feature=feature).select_related("school", "by")
    return Switchboard(
        feature=feature,
        rows=tuple(switched(actor.schools(), feature)),
        past=tuple(past[:PAST_SHOWN]),
        everything_stopped=installation_mode(feature) == Mode.OFF,
        forbidden=forbidden_here(feature),
        packs=tuple(all_packs(feature)),
    )


def current_card(feature: Feature = Feature.MOOD) -> ModelCard | None:
    """The card of the pack that runs, the product's own unless another was chosen; without one nothing may (rule 6)."""
    return _chosen(feature)[0]


def second_card() -> ModelCard | None:
    """The card whose expression model gives a second opinion; None where nobody chose one."""
    return _chosen(Feature.MOOD)[1]


def all_packs(feature: Feature = Feature.MOOD) -> list[ListedPack]:
    """Every pack of the installation for that feature, the one that works first (3 queries)."""
    return listed_packs(feature, *_chosen(feature))


def _chosen(feature: Feature) -> tuple[ModelCard | None, ModelCard | None]:
    choice = ModelChoice.objects.select_related("card", "second").first() if feature == Feature.MOOD else None
    if choice:
        return choice.card, choice.second
    card = CARDS[feature]
    return ModelCard.objects.filter(pack=card["pack"], version=card["version"]).first(), None
