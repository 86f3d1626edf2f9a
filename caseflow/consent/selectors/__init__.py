from caseflow.consent.selectors.deciders import (
    decidable_pupils,
    expiry_of,
    guardians_in_force,
    last_decision,
    own_decisions,
    text_in_force,
    texts_in_force,
)
from caseflow.consent.selectors.gate import (
    Ledger,
    PanelRow,
    consent_panel,
    dissenting,
    excluded_guardians,
    gate_open,
    ledgers,
    open_pupils,
)

__all__ = [
    "Ledger",
    "PanelRow",
    "consent_panel",
    "decidable_pupils",
    "dissenting",
    "excluded_guardians",
    "expiry_of",
    "gate_open",
    "guardians_in_force",
    "last_decision",
    "ledgers",
    "open_pupils",
    "own_decisions",
    "text_in_force",
    "texts_in_force",
]
