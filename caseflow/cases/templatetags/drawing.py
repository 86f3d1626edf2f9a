"""How the lines of a chronology are drawn. In Python and not in a template: a page shows sixty of them."""

import re
from collections.abc import Iterable
from datetime import date, tzinfo
from functools import lru_cache
from html import escape
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import linebreaks
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from caseflow.addresses import address_if_there, address_of
from caseflow.cases.selectors.chronology import Day, Line
from caseflow.cases.selectors.shared import SharedNote
from caseflow.directory.templatetags.ui import daytime, icon, shortdate, small_months

NONE = SafeString("")
BREAK = re.compile("[\r\n]")


def drawn_days(days: Iterable[Day], case_id: UUID) -> SafeString:
    """The days with their lines; `case_id` is whose lines they are."""
    zone, language = timezone.get_current_timezone(), get_language()
    drawn: list[str] = []
    for day in days:
        lines = "".join(_line(line, case_id, zone) for line in day.lines)
        drawn.append(f'<h2 class="c-day">{escape(_named(day.date, language))}</h2><ol class="c-tl">{lines}</ol>')
    return SafeString("".join(drawn))


@lru_cache(maxsize=2000)
def _named(day: date, language: str | None) -> str:
    # Django's English puts the month first, and no other date here does.
    return date_format(day, "j E Y") if language == "en" else small_months(date_format(day, "DATE_FORMAT"))


def _line(line: Line, case_id: UUID, zone: tzinfo) -> str:
    look = " conf" if line.is_private else ""
    return (
        f'<li class="c-ev-row{look}"><span class="c-kind" aria-hidden="true">{icon(line.icon)}</span>'
        f'<div class="grow"><div class="row-f top"><div class="grow"><b class="b6">{escape(line.title)}</b>'
        f'{_tags(line)}</div><span class="xs sec num c-when">{_when(line, zone)}</span></div>'
        f"{_readers(line)}{_text(line)}{_links(line, case_id)}</div></li>"
    )


def _tags(line: Line) -> str:
    tags = [(" data-ai", icon("cpu"), gettext("found by the system"))] if line.ai_generated else []
    tags += [("", NONE, gettext("corrected"))] if line.struck else []
    tags += [("", NONE, gettext("correction"))] if line.corrects else []
    return "".join(f' <span class="c-tag"{mark}>{sign}{escape(said)}</span>' for mark, sign, said in tags)


def _when(line: Line, zone: tzinfo) -> str:
    if line.recorded_at is not None:
        return escape(both_dates(line))
    by = f", {escape(line.by)}" if line.by else ""
    return f'<span class="nw">{line.at.astimezone(zone):%H:%M}{by}</span>'


def both_dates(line: Line | SharedNote) -> str:
    """When it happened and when it was written down, where these differ."""
    written = {"recorded": daytime(line.recorded_at), "name": line.by}
    if line.day_only:
        said = gettext("happened %(day)s, recorded %(recorded)s by %(name)s")
        return said % {"day": shortdate(line.at), **written}
    said = gettext("happened %(moment)s, recorded %(recorded)s by %(name)s")
    return said % {"moment": daytime(line.at), **written}


def _readers(line: Line) -> str:
    if not line.readers:
        return ""
    return f'<span class="c-lock">{icon("users" if line.shared else "lock")}{escape(line.readers)}</span>'


def _text(line: Line) -> str:
    if not line.text:
        return ""
    text = linebreaks(line.text, autoescape=True) if BREAK.search(line.text) else f"<p>{escape(line.text)}</p>"
    return f"<del>{text}</del>" if line.struck else text


def _links(line: Line, case_id: UUID) -> str:
    drawn = ""
    if line.url:
        what = f'<span class="visually-hidden">: {escape(line.title)}</span>'
        drawn = f'<a class="u" href="{escape(line.url)}">{escape(gettext("Open"))}{what}</a>'
    links: list[tuple[str, str]] = []
    if line.can_correct:
        links.append((address_of("cases:correct", case_id, line.id), gettext("Correct")))
        files = address_if_there("attachments:case", case_id)
        links += [(f"{files}?entry={line.id}", gettext("Attach a file"))] if files else []
    drawn += "".join(f'<a class="u" href="{escape(url)}">{escape(said)}</a>' for url, said in links)
    return f'<div class="c-linelinks">{drawn}</div>' if drawn else ""
