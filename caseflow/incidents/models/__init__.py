from caseflow.incidents.models.anonymous import AnonymousChannel, ChannelMessage, Picture, Quota, SchoolLink
from caseflow.incidents.models.bullying import Bullying, BullyingAct, PartyAnswer
from caseflow.incidents.models.duties import CouncilHeld, ParentTold
from caseflow.incidents.models.home import ProtectiveOrder, SafeContact
from caseflow.incidents.models.incidents import Incident, LegalAssessment, Merge, Party
from caseflow.incidents.models.photos import Photo

__all__ = [
    "AnonymousChannel",
    "Bullying",
    "BullyingAct",
    "ChannelMessage",
    "CouncilHeld",
    "Incident",
    "LegalAssessment",
    "Merge",
    "ParentTold",
    "Party",
    "PartyAnswer",
    "Photo",
    "Picture",
    "ProtectiveOrder",
    "Quota",
    "SafeContact",
    "SchoolLink",
]
