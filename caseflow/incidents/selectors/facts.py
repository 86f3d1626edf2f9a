"""What a referral of a case can take over from the reports that belong to it, field by field.

No reporter and no other pupil is named: whoever writes the referral adds a name by hand where it has to be.
"""

from collections import Counter
from collections.abc import Callable

from django.utils import timezone
from django.utils.translation import gettext

from caseflow.cases.models import Case
from caseflow.directory.actors import Actor
from caseflow.incidents.enums import PartyRole
from caseflow.incidents.models import Incident
from caseflow.incidents.rules import WORDS_READERS
from caseflow.incidents.selectors.reading import place_of, words_of
from caseflow.incidents.selectors.scope import scoped_incidents
from caseflow.referrals.rules import Words, by_language
from caseflow.referrals.sources import Fact, Source


def facts_of_case(actor: Actor, case: Case) -> list[Source]:
    """The reports of the case that the actor may read, the oldest first. Two queries."""
    found = scoped_incidents(actor).filter(triage_item__case=case).select_related("data_key")
    around = found.prefetch_related("parties").order_by("created_at", "number")
    return [_source(actor, case, incident) for incident in around]


def _source(actor: Actor, case: Case, incident: Incident) -> Source:
    named = {"number": incident.number, "kind": incident.get_category_display()}
    parts: list[tuple[str, Callable[[], str], Words]] = [
        ("kind", lambda: gettext("What kind of act"), by_language(incident.get_category_display)),
        ("when", lambda: gettext("When it happened"), _moment(incident)),
        ("where", lambda: gettext("Where it happened"), place_of(incident)),
        ("part", lambda: gettext("The part of the pupil"), _part(case, incident)),
        ("others", lambda: gettext("Others in it"), _others(case, incident)),
        ("police", lambda: gettext("When the police were told"), _told(incident)),
        ("said", lambda: gettext("What was reported"), words_of(incident) if actor.role in WORDS_READERS else ""),
    ]
    return Source(
        f"incident:{incident.pk}",
        gettext("Report no. %(number)s: %(kind)s") % named,
        tuple(Fact(f"{incident.pk}:{name}", by_language(title), text) for name, title, text in parts if text),
    )


def _moment(incident: Incident) -> str:
    return f"{timezone.localtime(incident.occurred_at):%d.%m.%Y %H:%M}" if incident.occurred_at else ""


def _told(incident: Incident) -> str:
    told = incident.police_informed_at
    return f"{timezone.localtime(told):%d.%m.%Y %H:%M}" if told else ""


def _part(case: Case, incident: Incident) -> Words:
    own = next((party for party in incident.parties.all() if party.pupil_id == case.pupil_id), None)
    return by_language(own.get_role_display) if own else ""


def _others(case: Case, incident: Incident) -> Words:
    counted = Counter(party.role for party in incident.parties.all() if party.pupil_id != case.pupil_id)
    if not counted:
        return ""
    return by_language(lambda: ", ".join(f"{PartyRole(role).label}: {number}" for role, number in counted.items()))
