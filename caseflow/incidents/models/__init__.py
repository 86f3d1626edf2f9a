from caseflow.incidents.models.anonymous import AnonymousChannel, ChannelMessage, Picture, Quota, SchoolLink
from caseflow.incidents.models.incidents import Incident, LegalAssessment, Merge, Party

__all__ = [
    "AnonymousChannel",
    "ChannelMessage",
    "Incident",
    "LegalAssessment",
    "Merge",
    "Party",
    "Picture",
    "Quota",
    "SchoolLink",
]
