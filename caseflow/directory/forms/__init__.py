from caseflow.directory.forms.installation import MemberForm, SetupForm
from caseflow.directory.forms.school import CameraForm, ImportForm, LessonForm, RoomForm
from caseflow.directory.forms.units import FORMS as UNIT_FORMS
from caseflow.directory.forms.units import SchoolForm

__all__ = ["UNIT_FORMS", "CameraForm", "ImportForm", "LessonForm", "MemberForm", "RoomForm", "SchoolForm", "SetupForm"]
