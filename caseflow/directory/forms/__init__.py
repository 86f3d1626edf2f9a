from caseflow.directory.forms.installation import MemberForm, SetupForm
from caseflow.directory.forms.school import CameraForm, ImportForm, LessonForm, RoomForm
from caseflow.directory.forms.units import FORMS as UNIT_FORMS

__all__ = ["UNIT_FORMS", "CameraForm", "ImportForm", "LessonForm", "MemberForm", "RoomForm", "SetupForm"]
