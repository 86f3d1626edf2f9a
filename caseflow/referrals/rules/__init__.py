from caseflow.referrals.rules.access import READERS, RECEIVERS, REVIEWERS, SENDERS
from caseflow.referrals.rules.fields import LONGEST_TEXT, MINIMUM, MOST_TAKEN, WRITTEN, Standing, kept, offered
from caseflow.referrals.rules.grounds import Basis, bases_for, basis_named, named_by_consent
from caseflow.referrals.rules.letters import Draft, Letter, Line, Words, by_language, read_draft, read_letter, said
from caseflow.referrals.rules.moves import ACTS, NEEDS_WORDS, OVER, RUNNING, WAITING, acts_of, next_state

__all__ = [
    "ACTS",
    "LONGEST_TEXT",
    "MINIMUM",
    "MOST_TAKEN",
    "NEEDS_WORDS",
    "OVER",
    "READERS",
    "RECEIVERS",
    "REVIEWERS",
    "RUNNING",
    "SENDERS",
    "WAITING",
    "WRITTEN",
    "Basis",
    "Draft",
    "Letter",
    "Line",
    "Standing",
    "Words",
    "acts_of",
    "bases_for",
    "basis_named",
    "by_language",
    "kept",
    "named_by_consent",
    "next_state",
    "offered",
    "read_draft",
    "read_letter",
    "said",
]
