"""How a deadline is drawn. In Python and not in a template: a queue shows sixty of them."""

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext

from caseflow.clocks.enums import ClockState
from caseflow.clocks.models import Clock
from caseflow.clocks.rules import ClockReading
from caseflow.directory.templatetags.ui import daytime, duration, icon

LOOKS = {ClockState.SOON: (" is-soon", "clock"), ClockState.LATE: (" is-late", "alert-circle")}


def drawn_clock(clock: Clock | None, read: ClockReading, label: str | Promise, reason: str | Promise) -> SafeString:
    """The clock with its bar, or why there is none. Makes no query."""
    if clock is None:
        return _at_rest("is-na", label, gettext("not required"), reason)
    if read.state == ClockState.DONE:
        return _at_rest("is-done", label, _marked("check", pgettext("deadline", "done")), daytime(read.stopped_at))
    until = gettext("until %(moment)s")
    if read.state == ClockState.PAUSED:
        says = until % {"moment": daytime(clock.paused_until)}
        return _at_rest("is-paused", label, _marked("player-pause", pgettext("deadline", "paused")), says)
    moment = {"moment": daytime(read.due_at)}
    late = gettext("was due %(moment)s") % moment
    look, sign = LOOKS.get(read.state, ("", ""))
    return format_html(
        '<div class="c-due{}" data-due="{}" data-start="{}" data-soon="{}"><span class="c-lbl">{}</span>'
        "<b>{}<span data-left>{}</span></b>"
        '<svg class="c-bar" aria-hidden="true"><rect width="{}%" height="100%"/></svg>'
        '<small data-late="{}">{}</small></div>',
        look,
        *(timezone.localtime(at).isoformat() for at in (read.due_at, clock.started_at, clock.warn_at) if at),
        label,
        icon(sign) if sign else "",
        duration(read.seconds_left),
        round(read.share_used * 100),
        late,
        late if read.state == ClockState.LATE else until % moment,
    )


def _marked(sign: str, state: str) -> SafeString:
    return format_html("{}{}", icon(sign), state)


def _at_rest(look: str, label: str | Promise, state: str, says: str | Promise) -> SafeString:
    below = format_html("<small>{}</small>", says) if says else ""
    return format_html(
        '<div class="c-due {}"><span class="c-lbl">{}</span><b>{}</b>{}</div>', look, label, state, below
    )
