"""What a region publishes is chosen by those who release its reports; each choice stays on record."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext

from caseflow.audit.services import record
from caseflow.directory.actors import Actor
from caseflow.directory.models import Region
from caseflow.explorer.models import PublicSelection
from caseflow.explorer.selectors.opening import in_order_of_report, selections_of


class NotPublishedError(ValueError):
    """What stands against it, in words."""


@transaction.atomic
def publish(actor: Actor, region: Region, indicators: Collection[str]) -> PublicSelection:
    """Publish these indicators from now on, and no others. Raises NotPublishedError for none, or an unknown one.

    The choice that is in force already is left as it is.
    """
    chosen = in_order_of_report(region, indicators)
    if not indicators or not set(indicators) <= set(chosen):
        raise NotPublishedError(gettext("Choose at least one indicator."))
    return _choose(actor, region, chosen, "indicators_published")


@transaction.atomic
def withdraw(actor: Actor, region: Region) -> PublicSelection | None:
    """Publish nothing any more; None where nothing was ever published."""
    if not selections_of(region).exists():
        return None
    return _choose(actor, region, [], "indicators_withdrawn")


def _choose(actor: Actor, region: Region, indicators: list[str], action: str) -> PublicSelection:
    Region.objects.select_for_update(no_key=True).get(pk=region.pk)
    held = selections_of(region).first()
    if held and held.indicators == indicators:
        return held
    version = held.version + 1 if held else 1
    row = PublicSelection.objects.create(region=region, version=version, indicators=indicators, made_by=actor.user)
    detail = {"version": version, "indicators": indicators}
    record(action=action, actor_id=actor.user.pk, role=actor.role, obj=f"region {region.pk}", detail=detail)
    return row
