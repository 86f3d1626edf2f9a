"""Templates of messages: shipped ones are offered as they are; a region writes and approves its own versions."""

from collections.abc import Mapping
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext

from caseflow.audit.services import record
from caseflow.directory.actors import Actor
from caseflow.directory.models import Region
from caseflow.postvention.enums import TemplateState
from caseflow.postvention.models import MessageTemplate
from caseflow.postvention.rules import LANGUAGES, LONGEST_TEXT, LossRefused, unknown_placeholders
from caseflow.postvention.selectors.messages import is_warned, may_approve, template_of

LONGEST_SOURCE = 300


@transaction.atomic
def save_template(actor: Actor, template_id: UUID, *, texts: Mapping[str, str], source: str) -> MessageTemplate:
    """Write the region's draft for the readers of this template; what is approved is never changed.

    Raises PermissionDenied for everybody but the lead of a region, MessageTemplate.DoesNotExist, LossRefused (a
    language missing, too long, a placeholder nobody can fill, no source).
    """
    region = _region(actor)
    shown = template_of(actor, template_id)
    _refuse_wrong(texts, source)
    draft = _draft_of(actor, region, shown)
    draft.texts = {language: texts[language].strip() for language in LANGUAGES}
    draft.source, draft.made_by = source.strip(), actor.user
    draft.save(update_fields=["texts", "source", "made_by"])
    _log(actor, "loss_template_changed", draft)
    return draft


@transaction.atomic
def approve_template(actor: Actor, template_id: UUID, *, reason: str) -> MessageTemplate:
    """Approve the region's draft: from now on it is offered in place of the shipped text or of the earlier version.

    Where the wording check warns, or a number to call is missing, a reason is needed and somebody else than who wrote
    it. Raises PermissionDenied, MessageTemplate.DoesNotExist, LossRefused (approved or replaced already, warnings
    without a reason or in the own text).
    """
    region = _region(actor)
    draft = template_of(actor, template_id)
    if draft.state != TemplateState.DRAFT:
        raise LossRefused(gettext("This version is approved or replaced already."))
    warned = is_warned(draft)
    if warned and draft.made_by_id == actor.user.pk:
        raise LossRefused(gettext("The wording check warns: somebody else than who wrote the text approves it."))
    if warned and not reason.strip():
        raise LossRefused(gettext("The wording check warns. Change the text, or say why it stays as it is."))
    earlier = MessageTemplate.objects.filter(region=region, audience=draft.audience, state=TemplateState.APPROVED)
    earlier.update(state=TemplateState.RETIRED)
    draft.state, draft.approved_at, draft.approved_by = TemplateState.APPROVED, timezone.now(), actor.user
    draft.approval_reason = reason.strip()[:500]
    draft.save(update_fields=["state", "approved_at", "approved_by", "approval_reason"])
    _log(actor, "loss_template_approved", draft)
    return draft


def require_approver(actor: Actor) -> None:
    """Raises PermissionDenied for everybody but the lead psychologist of a region."""
    _region(actor)


def _region(actor: Actor) -> Region:
    region = actor.membership.region
    if not may_approve(actor) or region is None:
        raise PermissionDenied
    return Region.objects.select_for_update(of=("self",)).get(pk=region.pk)


def _draft_of(actor: Actor, region: Region, shown: MessageTemplate) -> MessageTemplate:
    """The region's draft for the same readers; begun with what `shown` says where there is none."""
    own = MessageTemplate.objects.filter(region=region, audience=shown.audience)
    present = own.filter(state=TemplateState.DRAFT).first()
    if present is not None:
        return present
    last = own.aggregate(last=Max("number"))["last"] or 0
    return MessageTemplate.objects.create(
        region=region,
        audience=shown.audience,
        number=last + 1,
        texts=shown.texts,
        source=shown.source,
        made_at=timezone.now(),
        made_by=actor.user,
    )


def _refuse_wrong(texts: Mapping[str, str], source: str) -> None:
    if any(not texts.get(language, "").strip() for language in LANGUAGES):
        raise LossRefused(gettext("Give the text in Kazakh, Russian and English."))
    if any(len(texts[language]) > LONGEST_TEXT for language in LANGUAGES):
        raise LossRefused(gettext("A message holds %(number)s characters at most.") % {"number": LONGEST_TEXT})
    unknown = [name for language in LANGUAGES for name in unknown_placeholders(texts[language])]
    if unknown:
        names = ", ".join(dict.fromkeys(f"{{{name}}}" for name in unknown))
        raise LossRefused(gettext("Nobody can fill these places: %(names)s.") % {"names": names})
    if not source.strip():
        raise LossRefused(gettext("Say where the text comes from."))


def _log(actor: Actor, action: str, template: MessageTemplate) -> None:
    record(
        action=action,
        actor_id=actor.user.pk,
        role=actor.role,
        obj=f"postvention.MessageTemplate/{template.pk}",
        detail={"audience": template.audience, "number": template.number},
    )
