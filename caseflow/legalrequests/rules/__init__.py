from caseflow.legalrequests.rules.moves import APPROVERS, ASKERS, MINIMUM, PREPARERS, READERS, RequestRefused, kept
from caseflow.legalrequests.rules.snapshots import Line, Snapshot, read_snapshot

__all__ = [
    "APPROVERS",
    "ASKERS",
    "MINIMUM",
    "PREPARERS",
    "READERS",
    "Line",
    "RequestRefused",
    "Snapshot",
    "kept",
    "read_snapshot",
]
