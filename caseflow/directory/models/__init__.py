from caseflow.directory.models.imports import ImportDraft
from caseflow.directory.models.lessons import Camera, LessonSlot, Room, SchoolBreak, SchoolYear
from caseflow.directory.models.memberships import Membership
from caseflow.directory.models.names import NameKey
from caseflow.directory.models.people import Guardian, Guardianship, Pupil, SchoolClass
from caseflow.directory.models.territory import Agency, District, Region, School

__all__ = [
    "Agency",
    "Camera",
    "District",
    "Guardian",
    "Guardianship",
    "ImportDraft",
    "LessonSlot",
    "Membership",
    "NameKey",
    "Pupil",
    "Region",
    "Room",
    "School",
    "SchoolBreak",
    "SchoolClass",
    "SchoolYear",
]
