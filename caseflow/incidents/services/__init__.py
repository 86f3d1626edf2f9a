from caseflow.incidents.services.assessing import AlreadyAssessedError, give_legal_assessment, open_addressed
from caseflow.incidents.services.bullying import confirm_bullying, note_answer, take_back_bullying
from caseflow.incidents.services.checking import AlreadyInformedError, BadReportError, PartySaid
from caseflow.incidents.services.duties import note_council, note_parent_told
from caseflow.incidents.services.following import establish, inform_police, open_incident, tell_of_police_clocks
from caseflow.incidents.services.merging import RolesDifferError, merge_reports, split_report
from caseflow.incidents.services.reporting import find_pupils, report_incident

__all__ = [
    "AlreadyAssessedError",
    "AlreadyInformedError",
    "BadReportError",
    "PartySaid",
    "RolesDifferError",
    "confirm_bullying",
    "establish",
    "find_pupils",
    "give_legal_assessment",
    "inform_police",
    "merge_reports",
    "note_answer",
    "note_council",
    "note_parent_told",
    "open_addressed",
    "open_incident",
    "report_incident",
    "split_report",
    "take_back_bullying",
    "tell_of_police_clocks",
]
