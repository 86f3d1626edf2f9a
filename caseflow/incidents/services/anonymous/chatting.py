"""Between a reporter without a name and those who decide on the report."""

import hmac
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from caseflow.audit.services import record
from caseflow.directory.actors import Actor
from caseflow.incidents.models import AnonymousChannel, ChannelMessage, Incident
from caseflow.incidents.rules import DECIDERS
from caseflow.incidents.rules.quarter import quarter_of
from caseflow.incidents.rules.return_code import codes_of_words
from caseflow.incidents.selectors.scope import scoped_incidents
from caseflow.incidents.services.anonymous import limits
from caseflow.incidents.services.anonymous.pictures import keep_pictures
from caseflow.incidents.services.anonymous.reporting import Said, digest_of_code, place_of
from caseflow.incidents.services.checking import BadReportError, users_concerned
from caseflow.incidents.services.ringing import ring_duty
from caseflow.records.files import files_with_rows
from caseflow.records.vault import keyed_digest, seal, where
from caseflow.triage.services.filing import deciders, ring_roster
from notifications.enums import AlertKind
from notifications.services import alert

CODES = "codes"  # where return codes are counted: one place, since a code belongs to no address


def find_channel(words: str, *, proven: bool) -> AnonymousChannel:
    """The channel to which the words of a return code lead.

    Codes that lead nowhere are counted, in one conditional UPDATE before anything is looked up; one that leads
    somewhere is given back, so that nobody who has a code uses the limit up. Raises AnonymousChannel.DoesNotExist,
    limits.TooManyError.
    """
    codes = list(codes_of_words(words))
    if not codes:
        raise AnonymousChannel.DoesNotExist
    place, most = (CODES, limits.CODES) if proven else (limits.plain(CODES), limits.CODES_PLAIN)
    limits.take_or_refuse(place, most)
    for digest in map(digest_of_code, codes):
        found = AnonymousChannel.objects.filter(code_digest=digest).first()
        if found is not None and hmac.compare_digest(found.code_digest, digest):
            limits.give_back(place)
            return found
    raise AnonymousChannel.DoesNotExist


def say(channel: AnonymousChannel, nonce: str, said: Said) -> None:
    """Add a message of the reporter and tell those who decide; the same page sent again adds nothing.

    Raises BadReportError (nothing said), limits.TooManyError.
    """
    if not said.words and not said.pictures:
        raise BadReportError(_("Write something first"))
    once = said.digest(nonce)
    if ChannelMessage.objects.filter(form_digest=once).exists():
        return
    try:
        with files_with_rows():
            limits.take_or_refuse(f"chat:{channel.pk}", limits.MESSAGES)
            message = _add(channel.incident, said.words, once)
            keep_pictures(channel.incident, said.pictures, message)
            _record("incident.reporter_wrote", channel.incident, None)
            _tell(channel.incident)
    except IntegrityError:  # the same page came twice at the same moment
        if not ChannelMessage.objects.filter(form_digest=once).exists():
            raise


@transaction.atomic
def call_for_help(channel: AnonymousChannel) -> None:
    """The reporter is in danger now: those on duty are rung, out of hours the roster too. Never refused; beyond the
    limit of the quarter hour the mark alone is kept, since they have been rung."""
    incident = Incident.objects.select_related("school__district", "triage_item__school").get(channel=channel)
    AnonymousChannel.objects.filter(pk=channel.pk).update(danger=True)
    _record("incident.reporter_in_danger", incident, None)
    if limits.take(f"{place_of(channel.link)}:danger", limits.DANGERS):
        ring_duty(incident)
        ring_roster(incident.triage_item, users_concerned(incident.parties.all()))


@transaction.atomic
def answer_reporter(actor: Actor, incident_id: UUID, text: str) -> ChannelMessage:
    """Answer somebody who reported without a name; they see the role alone.

    Raises Incident.DoesNotExist outside the actor's scope and for a report by name, BadReportError (nothing said).
    """
    if actor.role not in DECIDERS:
        raise Incident.DoesNotExist
    incident = scoped_incidents(actor).select_related("data_key").get(pk=incident_id, channel__isnull=False)
    if not text.strip():
        raise BadReportError(_("Write something first"))
    message = _add(incident, text.strip(), keyed_digest("answer", uuid4().hex), actor)
    _record("incident.reporter_answered", incident, actor)
    return message


def _add(incident: Incident, text: str, once: str, by: Actor | None = None) -> ChannelMessage:
    channel = AnonymousChannel.objects.select_for_update(of=("self",), no_key=True).get(incident=incident)
    last = channel.messages.aggregate(last=Max("number"))["last"] or 0
    message = ChannelMessage(
        channel=channel,
        number=last + 1,
        by=by.user if by else None,
        by_role=by.role if by else "",
        form_digest=once,
        created_at=quarter_of(timezone.now()),
    )
    place = where("incidents.ChannelMessage", message.pk, "text")
    message.text_sealed = seal(incident.data_key, text, place)
    message.save(force_insert=True)
    return message


def _tell(incident: Incident) -> None:
    alert(
        recipients=deciders(incident.triage_item),
        kind=AlertKind.REPORT_MESSAGE,
        params={"number": incident.number, "school": incident.school.names},
        url=reverse("incidents:detail", args=[incident.pk]),
    )


def _record(action: str, incident: Incident, actor: Actor | None) -> None:
    record(
        action=action,
        actor_id=actor.user.pk if actor else None,
        role=actor.role if actor else "",
        obj=f"incident:{incident.pk}",
        pupil_id=incident.triage_item.pupil_id,
    )
