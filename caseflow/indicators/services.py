"""What a region adds to the indicators, and what it ends again."""

from datetime import date
from uuid import uuid4

from django.db import transaction

from caseflow.audit.services import record
from caseflow.directory.actors import Actor
from caseflow.directory.models import Region
from caseflow.indicators.models import OwnIndicator
from caseflow.indicators.rules.own import PLACES, Texts, check_own
from caseflow.indicators.selectors.catalogue import definitions_of


@transaction.atomic
def add_own(
    actor: Actor, region: Region, *, source: str, values: list[str], texts: Texts, effective_from: date
) -> OwnIndicator:
    """Add an indicator of the region's own, counted in releases of periods that end on or after `effective_from`.

    Raises UnknownValuesError, CountedAlreadyError, TooManyOwnError.
    """
    Region.objects.select_for_update(no_key=True).get(pk=region.pk)
    check_own(source, values, definitions_of(region), effective_from)
    chapter, part_of = PLACES[source]
    row = OwnIndicator.objects.create(
        region=region,
        code=f"own-{uuid4().hex[:12]}",
        chapter=chapter,
        source=source,
        counted=sorted(values),
        part_of=part_of,
        effective_from=effective_from,
        made_by=actor.user,
        **{f"name_{language}": text for language, text in texts.names.items()},
        **{f"meaning_{language}": text for language, text in texts.meanings.items()},
    )
    _record(actor, "indicator_added", row)
    return row


@transaction.atomic
def end_own(actor: Actor, region: Region, code: str, *, effective_from: date) -> OwnIndicator:
    """Count an own indicator no more from a day on; what was released with it stays.

    Raises OwnIndicator.DoesNotExist where there is none of that code, or it has ended.
    """
    Region.objects.select_for_update(no_key=True).get(pk=region.pk)
    last = OwnIndicator.objects.filter(region=region, code=code).order_by("-version").first()
    if last is None or last.ended:
        raise OwnIndicator.DoesNotExist
    kept = ("code", "chapter", "source", "counted", "part_of")
    texts = [f"{part}_{language}" for part in ("name", "meaning") for language in ("kk", "ru", "en")]
    row = OwnIndicator.objects.create(
        region=region,
        version=last.version + 1,
        effective_from=max(effective_from, last.effective_from),
        ended=True,
        made_by=actor.user,
        **{name: getattr(last, name) for name in (*kept, *texts)},
    )
    _record(actor, "indicator_ended", row)
    return row


def _record(actor: Actor, action: str, row: OwnIndicator) -> None:
    detail = {"code": row.code, "version": row.version}
    record(action=action, actor_id=actor.user.pk, role=actor.role, obj=f"indicator {row.pk}", detail=detail)
