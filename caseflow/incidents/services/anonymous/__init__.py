from caseflow.incidents.services.anonymous.chatting import answer_reporter, call_for_help, find_channel, say
from caseflow.incidents.services.anonymous.limits import TooManyError
from caseflow.incidents.services.anonymous.links import renew_link
from caseflow.incidents.services.anonymous.pictures import open_picture
from caseflow.incidents.services.anonymous.reporting import Said, SpentFormError, Taken, report_anonymously

__all__ = [
    "Said",
    "SpentFormError",
    "Taken",
    "TooManyError",
    "answer_reporter",
    "call_for_help",
    "find_channel",
    "open_picture",
    "renew_link",
    "report_anonymously",
    "say",
]
