"""Messages after a loss and their templates, as one reader sees them."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.postvention.enums import Audience, Language, TemplateState
from caseflow.postvention.models import LossEvent, LossMessage, MessageTemplate
from caseflow.postvention.rules import Finding, check_wording, lacks_hotline, unfilled
from caseflow.postvention.selectors.scope import scoped_losses, scoped_messages
from caseflow.records.vault import unseal, where

MESSAGE = "postvention.LossMessage"


@dataclass(frozen=True, slots=True)
class MessageView:
    """A message in clear. `unfilled`: places that only its writer can fill; `lacks_hotline`: no number to call; `own`:
    this reader wrote it."""

    row: LossMessage
    text: str
    findings: list[Finding]
    unfilled: list[str]
    lacks_hotline: bool
    ready_reason: str
    own: bool

    @property
    def warned(self) -> bool:
        return bool(self.findings) or self.lacks_hotline

    @property
    def needs_another(self) -> bool:
        """Whether somebody else than this reader has to approve it."""
        return self.warned and self.own


@dataclass(frozen=True, slots=True)
class Offer:
    """What may be written to some readers: the region's approved template, or the shipped one."""

    audience: Audience
    template: MessageTemplate
    messages: list[LossMessage]

    @property
    def languages(self) -> list[Language]:
        """The languages in which nothing has been begun."""
        begun = {message.language for message in self.messages}
        return [language for language in Language if language.value not in begun]


def may_approve(actor: Actor) -> bool:
    """The lead psychologist of a region answers for its templates, as for its protocols."""
    return actor.role == Role.LEAD_PSYCHOLOGIST and actor.membership.region_id is not None


def visible_templates(actor: Actor) -> QuerySet[MessageTemplate]:
    """The shipped templates and those of the actor's region, by readers, the newest of the region first."""
    regions = actor.schools().order_by().values("district__region")
    seen = MessageTemplate.objects.filter(Q(region=None) | Q(region__in=regions))
    if not may_approve(actor):
        seen = seen.exclude(region__isnull=False, state=TemplateState.DRAFT)
    order = ("audience", F("region").asc(nulls_last=True), "-number")
    return seen.select_related("region", "made_by", "approved_by").order_by(*order)


def template_of(actor: Actor, template_id: UUID) -> MessageTemplate:
    """One of them. Raises MessageTemplate.DoesNotExist."""
    return visible_templates(actor).get(pk=template_id)


def is_warned(template: MessageTemplate) -> bool:
    """Whether the wording check finds anything in it, or a number to call is missing."""
    lacking = any(lacks_hotline(text, template.audience) for text in template.texts.values())
    return lacking or bool(template_findings(template))


def template_findings(template: MessageTemplate) -> dict[str, list[Finding]]:
    """What the wording check finds, by language; languages without a finding are left out."""
    found = {language: check_wording(text, language) for language, text in template.texts.items()}
    return {language: findings for language, findings in found.items() if findings}


def offers_of(event: LossEvent) -> list[Offer]:
    """What may be written, reader by reader: an approved template of the region before the shipped one."""
    held = MessageTemplate.objects.filter(
        Q(region=None) | Q(region=event.school.district.region_id), state=TemplateState.APPROVED
    )
    ordered = held.select_related("approved_by").order_by("audience", F("region").asc(nulls_last=True), "-number")
    first: dict[str, MessageTemplate] = {}
    for template in ordered:
        first.setdefault(template.audience, template)
    messages = list(event.messages.select_related("template", "saved_by", "ready_by"))
    return [
        Offer(audience, first[audience], [one for one in messages if one.template.audience == audience])
        for audience in Audience
        if audience.value in first
    ]


def messages_page(actor: Actor, event_id: UUID) -> tuple[LossEvent, list[Offer]]:
    """The messages of an event. Raises LossEvent.DoesNotExist outside the actor's scope."""
    event = scoped_losses(actor).get(pk=event_id)
    return event, offers_of(event)


def message_of(actor: Actor, message_id: UUID) -> MessageView:
    """A message in clear. Raises LossMessage.DoesNotExist outside the actor's scope."""
    around = ("event__data_key", "event__school__district", "event__pupil", "template", "saved_by", "ready_by")
    row = scoped_messages(actor).select_related(*around).get(pk=message_id)
    text = unseal(row.event.data_key, row.text_sealed, where(MESSAGE, row.pk, "text"))
    reason = unseal(row.event.data_key, row.ready_reason_sealed, where(MESSAGE, row.pk, "ready_reason"))
    found = check_wording(text, row.language)
    lacking = lacks_hotline(text, row.template.audience)
    return MessageView(row, text, found, unfilled(text), lacking, reason, own=row.saved_by_id == actor.user.pk)


def known_of(event: LossEvent, language: str) -> dict[str, str]:
    """What the event itself can fill in; who answers when is for the writer."""
    first_name = event.pupil.first_name if event.pupil and event.who == "pupil" else ""
    school = event.school.names
    return {
        "name": first_name,
        "school": school.get(language) or school.get("ru", ""),
        "day": date_format(timezone.localdate(), "d.m.Y"),
    }
