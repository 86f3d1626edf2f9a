"""How a school stands on the board. In Python and not in a template: a page shows twenty-five of them."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from caseflow.cases.enums import RiskLevel, Stage
from caseflow.clocks.texts import away_in_words
from caseflow.directory.templatetags.ui import daytime, icon, risk
from caseflow.supervision.selectors.board import SchoolRow, Worker
from caseflow.supervision.selectors.counting import NOT_ASSESSED, Counted

NOTHING = SafeString("")


class Sheet:
    """What is the same in every row of one answer: the words and signs of its language, and where it leads."""

    def __init__(self) -> None:
        self.board, self.overdue = reverse("supervision:board"), reverse("clocks:overdue")
        self.people, self.by_risk = gettext("Psychologists and their open cases"), gettext("By risk level")
        self.waiting, self.late = gettext("Waiting in Today"), gettext("Overdue")
        self.flows, self.no_case = gettext("Flows of high risk"), gettext("no open case")
        self.due_from, self.since = gettext("due from %(moment)s"), gettext("since %(moment)s")
        self.late_flows, self.alert = gettext("late: %(number)s"), icon("alert-circle")
        levels = [*(level.value for level in reversed(RiskLevel)), NOT_ASSESSED]
        self.levels = {level: risk(level or None) for level in levels}
        self.stages = {stage.value: escape(stage.label) for stage in Stage}  # in the order of the work

    def table(self, rows: Iterable[SchoolRow]) -> SafeString:
        """The schools one below the other."""
        return SafeString("".join(map(self.row, rows)))

    def row(self, row: SchoolRow) -> SafeString:
        """One school with its figures."""
        return format_html(
            '<tr><th scope="row">{}<div class="sm sec fw-normal">{}</div></th><td data-label="{}">{}</td>'
            '<td data-label="{}"><ul class="b-risks">{}</ul></td><td data-label="{}">{}</td>'
            '<td data-label="{}">{}</td><td data-label="{}">{}</td></tr>\n',
            *(row.school, row.school.district),
            *(self.people, self._people(row)),
            *(self.by_risk, self._risks(row.risks)),
            *(self.waiting, self._waiting(row.waiting)),
            *(self.late, self._overdue(row.school.pk, row.overdue)),
            *(self.flows, self._flows(row)),
        )

    def _people(self, row: SchoolRow) -> SafeString:
        nobody = NOTHING
        if not row.has_psychologist:
            says = gettext("No psychologist here")
            nobody = format_html('<div class="warn b6">{} {}</div>', icon("user-off"), says)
        workers = "".join(self._worker(row.school.pk, worker) for worker in row.workers)
        return format_html('{}<ul class="b-people">{}</ul>', nobody, SafeString(workers))

    def _worker(self, school: int, worker: Worker) -> SafeString:
        address = f"{self.board}{school}/{worker.user.pk}/"
        return format_html(
            '<li><a class="u" href="{}">{}</a> <b class="b6 num">{}</b>{}{}{}</li>',
            *(address, worker.user.short_name, worker.cases),
            *(_left(worker), _away(worker), self._stages(worker.stages)),
        )

    def _stages(self, stages: Mapping[str, int]) -> SafeString:
        found = [f"{label}: {stages[stage]:d}" for stage, label in self.stages.items() if stages.get(stage)]
        return SafeString(f'<div class="xs sec">{" · ".join(found)}</div>' if found else "")

    def _risks(self, risks: Mapping[str, int]) -> SafeString:
        """The levels at which there are cases, the gravest first, then how many nobody has assessed."""
        found = [
            f'<li>{drawn} <span class="num">{risks[level]:d}</span></li>'
            for level, drawn in self.levels.items()
            if risks.get(level)
        ]
        return SafeString("".join(found)) if found else format_html('<li class="sec">{}</li>', self.no_case)

    def _waiting(self, waiting: Counted) -> SafeString:
        oldest = _moment(self.due_from, waiting.oldest)
        return format_html('<span class="num">{}</span>{}', waiting.number, oldest)

    def _overdue(self, school: int, overdue: Counted) -> SafeString:
        if not overdue.number:
            return SafeString('<span class="num">0</span>')
        return format_html(
            '<a class="u danger b6 num" href="{}?school={}">{} {}</a>{}',
            *(self.overdue, school, self.alert, overdue.number, _moment(self.since, overdue.oldest)),
        )

    def _flows(self, row: SchoolRow) -> SafeString:
        late = NOTHING
        if row.late_flows:
            says = self.late_flows % {"number": row.late_flows}
            late = format_html('<div class="sm danger b6">{} {}</div>', self.alert, says)
        return format_html('<span class="num">{}</span>{}', row.flows, late)


def _left(worker: Worker) -> SafeString:
    if worker.member:
        return NOTHING
    says = gettext("no psychologist here any more, still leads cases")
    return format_html('<div class="sm warn">{} {}</div>', icon("alert-triangle"), says)


def _away(worker: Worker) -> SafeString:
    if worker.absence is None:
        return NOTHING
    return format_html('<div class="sm sec">{} {}</div>', icon("beach"), away_in_words(worker.absence))


def _moment(says: str, moment: datetime | None) -> SafeString:
    return format_html('<div class="xs sec num">{}</div>', says % {"moment": daytime(moment)}) if moment else NOTHING
