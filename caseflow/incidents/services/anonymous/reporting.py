"""A report without a name: taken once, however often a weak network sends it, and followed by a return code."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from caseflow.audit.services import record
from caseflow.incidents.enums import Category
from caseflow.incidents.models import AnonymousChannel, Incident, SchoolLink
from caseflow.incidents.rules.return_code import BITS
from caseflow.incidents.selectors.reading import SHOWN
from caseflow.incidents.services.anonymous import limits
from caseflow.incidents.services.anonymous.passes import FormPass
from caseflow.incidents.services.anonymous.pictures import keep_pictures
from caseflow.incidents.services.checking import BadReportError
from caseflow.incidents.services.pictures import Drawn
from caseflow.incidents.services.reporting import Report, Sender, take_report
from caseflow.incidents.services.ringing import ring_duty
from caseflow.records.files import files_with_rows
from caseflow.records.vault import keyed_digest


class SpentFormError(Exception):
    """This form has sent another report already; a fresh one is needed for one more."""


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody without a name said. In danger nothing of it need be there."""

    category: str = ""
    words: str = ""
    place: str = ""
    about_staff: bool = False
    danger: bool = False
    pictures: Sequence[Drawn] = ()

    def digest(self, nonce: str) -> str:
        """The same for the same form with the same content, and telling nothing to who has the database."""
        pictures = [sha256(picture.content).hexdigest() for picture in self.pictures]
        facts = [self.category, self.words, self.place, self.about_staff, self.danger, pictures]
        return keyed_digest("anonymous content", nonce, json.dumps(facts))


@dataclass(frozen=True, slots=True)
class Taken:
    """A report that was taken, with the code by which its reporter comes back; it is shown once and kept nowhere."""

    incident: Incident
    code: int


def report_anonymously(link: SchoolLink, form: FormPass, said: Said, *, proof: str = "", language: str = "ru") -> Taken:
    """Take a report at a school's address; the same form sent again with the same content is the same report.

    A report about staff goes to the lead psychologists alone (rule 10b). "I am in danger now" is never refused,
    whatever is missing or how much has come: it is acute and rings the duty. Raises BadReportError,
    limits.TooManyError and SpentFormError for all others.
    """
    said = checked(said)
    content = said.digest(form.nonce)
    once = keyed_digest("anonymous form", form.nonce, content if said.danger else "")
    code = int(keyed_digest("anonymous code", form.nonce, content)[: BITS // 4], 16)
    known = _known(once, content)
    if known is None:
        channel = AnonymousChannel(
            link=link,
            code_digest=digest_of_code(code),
            form_digest=once,
            content_digest=content,
            language=language,
            danger=said.danger,
            proven=form.is_proven(proof),
        )
        try:
            known = _take(channel, said)
        except IntegrityError:  # the same form came twice at the same moment
            known = _known(once, content)
            if known is None:
                raise
    elif said.danger:
        _ring_again(known, link)
    return Taken(known, code)


def checked(said: Said) -> Said:
    """The report with what danger makes up for. Raises BadReportError."""
    known = said.category in Category.values
    if said.danger:
        return said if known else replace(said, category=Category.OTHER)
    if not known:
        raise BadReportError(_("Choose what happened"))
    if not said.words:
        raise BadReportError(_("Write what happened"))
    return said


def digest_of_code(code: int) -> str:
    """What is kept of a return code."""
    return keyed_digest("return code", str(code))


def place_of(link: SchoolLink) -> str:
    """Where the reports of an address are counted."""
    return f"report:{link.pk}"


def _known(once: str, content: str) -> Incident | None:
    found = Incident.objects.filter(channel__form_digest=once).select_related(*SHOWN).first()
    if found is not None and found.channel is not None and found.channel.content_digest != content:
        raise SpentFormError
    return found


def _ring_again(incident: Incident, link: SchoolLink) -> None:
    """The button was pressed once more: nobody has come yet, so the duty is rung again, within the address's limit."""
    with transaction.atomic():
        if limits.take(f"{place_of(link)}:danger", limits.DANGERS):
            ring_duty(incident)


def _take(channel: AnonymousChannel, said: Said) -> Incident:
    with files_with_rows():
        channel.over_limit = _count(channel)
        channel.save(force_insert=True)
        report = Report(said.category, None, said.place, said.words, (), said.about_staff, danger=said.danger)
        incident = take_report(Sender(channel=channel), channel.link.school, report, None)
        keep_pictures(incident, said.pictures)
        record(
            action="incident.reported_anonymously",
            actor_id=None,
            role="",
            obj=f"incident:{incident.pk}",
            detail={
                "category": said.category,
                "about_staff": said.about_staff,
                "danger": said.danger,
                "over_limit": channel.over_limit,
            },
        )
        if said.danger:
            ring_duty(incident)
    return incident


def _count(channel: AnonymousChannel) -> bool:
    """Whether the report comes beyond the limit, which only danger may. Raises limits.TooManyError."""
    place = place_of(channel.link)
    if channel.danger:
        return not limits.take(f"{place}:danger", limits.DANGERS)
    if channel.proven:
        limits.take_or_refuse(place, limits.PROVEN)
    else:
        limits.take_or_refuse(limits.plain(place), limits.PLAIN)
    return False
