"""What other rooms ask of this one by name: wording of its items, their page, their conflicts, its clocks."""

from django.utils.translation import gettext_lazy as _

from caseflow.cases.wordings import name_param
from caseflow.clocks.matters import kept, looks, steps
from caseflow.clocks.texts import name_told
from caseflow.clocks.watchers import find_targets, watch
from caseflow.directory.enums import Role
from caseflow.incidents.enums import DANGER, Category
from caseflow.incidents.rules.orders import CLOCK as ORDER_CLOCK
from caseflow.referrals.sources import offer_facts
from caseflow.triage import conflicts, decisions, details, evidence, places, wording
from caseflow.triage.enums import ItemKind
from notifications.texts import name_codes

DUTIES = "caseflow.incidents.services.duties"
ICONS = {
    Category.VIOLENCE: "swords",
    Category.BULLYING: "users",
    Category.CYBERBULLYING: "messages",
    Category.DOMESTIC_VIOLENCE: "home-exclamation",
    Category.EXTORTION: "cash",
    Category.SELF_HARM: "lifebuoy",
    Category.SEXUAL_VIOLENCE: "shield-exclamation",
    Category.CONFLICT: "arrows-diff",
    Category.WEAPON_DRUGS: "alert-triangle",
}


def register_texts() -> None:
    """Tell triage, clocks and notifications how reports read."""
    for category in Category:
        wording.register(
            category.value, title=category.label, line=_("reported by: %(reporter)s"), icon=ICONS.get(category, "")
        )
    wording.register(DANGER, title=_("In danger now"), line=_("reported by: %(reporter)s"), icon="urgent")
    wording.name_facts("reporter", [*Role.choices, ("anonymous", _("somebody without a name"))])
    wording.register_quality("pupils_named", _("pupils named"))
    wording.register_quality("nobody_named", _("nobody named yet"))
    details.register(ItemKind.INCIDENT, "incidents:of-item")
    offer_facts("caseflow.incidents.selectors.facts.facts_of_case")
    places.register(ItemKind.INCIDENT, "caseflow.incidents.selectors.places_of_items")
    evidence.register(ItemKind.INCIDENT, "caseflow.incidents.selectors.evidence.evidence_of_item")
    conflicts.register(ItemKind.INCIDENT, "caseflow.incidents.selectors.items_in_conflict")
    watch("police_informed", "caseflow.incidents.services.tell_of_police_clocks")
    find_targets("police_informed", "caseflow.incidents.services.climbing.targets_of_police_clock")
    find_targets("legal_assessment", "caseflow.incidents.services.climbing.targets_of_legal_clock")
    steps.add("police_informed", "caseflow.incidents.services.report_clocks.chronicle_police_step")
    decisions.register(ItemKind.INCIDENT, f"{DUTIES}.settle_after_decision")
    watch("bullying", f"{DUTIES}.tell_of_duty_clocks")
    find_targets("bullying", f"{DUTIES}.targets_of_duty_clock")
    steps.add("bullying", f"{DUTIES}.chronicle_duty_step")
    conflicts.hang_clocks("caseflow.incidents.services.report_clocks.clocks_of_reports")
    for code in ("police_informed", "bullying", ORDER_CLOCK):
        kept.add(code, conflicts.KEPT)
    for code in ("police_informed", "bullying", "legal_assessment"):
        looks.add(code, "caseflow.incidents.services.report_clocks.looks_at_reports")
    name_told(ORDER_CLOCK, _("who decides on the report: an order that has ended is no duty any more"))
    watch(ORDER_CLOCK, "caseflow.incidents.services.home.tell_of_orders")
    clocks = {
        "police_informed": _("police informed"),
        "bullying_registered": _("registering a report of bullying"),
        "bullying_parents_told": _("telling the parents of bullying"),
        "bullying_council": _("the council on bullying"),
        ORDER_CLOCK: _("extending a protective order or noting its end"),
    }
    name_codes("clock", clocks.items())
    name_param("clock", clocks)
