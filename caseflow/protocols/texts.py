"""What lower rooms ask of this one by name: its clocks, its lines in a chronology, what follows from an assessment."""

from django.utils.translation import gettext_lazy as _

from caseflow.cases.deadlines import count_deadlines
from caseflow.cases.following import follow_assessments, follow_tasks, follow_transfers
from caseflow.cases.keeping import ask_before_closing
from caseflow.cases.wordings import link_refs, name_entry, name_words
from caseflow.clocks.matters import about, looks, matters, steps
from caseflow.clocks.texts import TARGETS
from caseflow.clocks.watchers import find_targets, watch
from caseflow.protocols.enums import Cause, Missed
from caseflow.protocols.services import proving, settling, step_clocks
from caseflow.protocols.services.telling import DUTY_REASON
from caseflow.referrals.following import follow_sent
from notifications.texts import name_codes

PREFIX = "protocol_step"
HOME = step_clocks.__name__


def register_texts() -> None:
    """Tell clocks, cases and notifications how flows read and what they want to know."""
    watch(PREFIX, f"{HOME}.remind_of_step")
    find_targets(PREFIX, f"{HOME}.targets_of_step")
    matters.add(PREFIX, f"{HOME}.matter_of_step")
    steps.add(PREFIX, f"{HOME}.chronicle_step")
    looks.add(PREFIX, f"{HOME}.looks_at_steps")
    about.add(PREFIX, f"{HOME}.clocks_about")
    name_codes("clock", [(code.value, _("a step of a protocol")) for code in Missed])
    name_codes("reason", [(DUTY_REASON, _("a pupil at high risk"))])
    _name_entries()
    _name_words()
    link_refs("flow", "protocols:flow")
    doing = "caseflow.protocols.services.doing"
    follow_tasks(completed=f"{doing}.prove_by_task", reopened=f"{doing}.open_step_again")
    follow_sent("caseflow.protocols.services.proving.prove_by_referral")
    follow_transfers("caseflow.protocols.services.moving_schools.follow_transfer")
    follow_assessments("caseflow.protocols.services.beginning.follow_assessment")
    count_deadlines("caseflow.protocols.selectors.own.nearest_step")
    ask_before_closing("caseflow.protocols.selectors.flows.refusal_to_close")


def _name_entries() -> None:
    name_entry("flow_begun", _("Protocol begun: %(protocol)s. Cause: %(cause)s"), cause=dict(Cause.choices))
    name_entry("flow_second", _("Second person: %(name)s"))
    name_entry("flow_second_changed", _("Another second person is named"))
    name_entry("flow_step_done", _("Step done: %(step_name)s"))
    name_entry("flow_step_assessed", _("Step done: %(step_name)s. Assessed in the case"))
    name_entry("flow_step_referred", _("Step done: %(step_name)s. Referral sent to %(receiver)s"))
    name_entry("flow_step_waived", _("Step does not apply: %(step_name)s"))
    name_entry("flow_acute", _("Acute from now on"))
    name_entry("flow_step_again", _("Step to be done anew: %(step_name)s"))
    name_entry("flow_end_asked", _("The end of the protocol is asked for"))
    name_entry("flow_sent_back", _("The protocol goes on"))
    name_entry("flow_ended", _("The protocol has ended: two people agreed"))
    name_entry(step_clocks.MISSED, _("A step was missed: %(step_name)s. Told: %(whom)s"), whom=TARGETS)
    name_entry(step_clocks.MISSED_ALONE, _("A step was missed, and nobody was there to be told: %(step_name)s"))


def _name_words() -> None:
    name_words(settling.ASSESSED, _("Assessed in the case."))
    name_words(settling.REFERRED, _("Referral sent to %(receiver)s."))
    name_words(proving.LOOK_AGAIN, _("Look again after high risk, %(number)s of 3"))
    name_words(proving.LOOK_AGAIN_AFTER, _("Look again, %(number)s of 3. Protocol: %(protocol)s"))
