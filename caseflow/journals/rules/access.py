"""Who works with what the service keeps."""

from caseflow.appointments.enums import AppointmentKind
from caseflow.directory.enums import Role
from caseflow.journals.enums import Direction, Journal

# Journals hold words about pupils: the psychologists of the school alone. Plan and report hold none.
KEEPERS = (Role.PSYCHOLOGIST,)
PLAN_READERS = (Role.PSYCHOLOGIST, Role.PRINCIPAL)
FORM_READERS = (Role.PSYCHOLOGIST, Role.LEAD_PSYCHOLOGIST)

CONSULTING = (AppointmentKind.PUPIL, AppointmentKind.PARENT, AppointmentKind.TEACHER)
KINDS: dict[Journal, tuple[AppointmentKind, ...]] = {
    Journal.CONSULTATIONS: CONSULTING,
    Journal.GROUP: (AppointmentKind.GROUP,),
    Journal.DIAGNOSTICS: (AppointmentKind.DIAGNOSTICS,),
}
JOURNAL_OF: dict[str, Journal] = {kind.value: journal for journal, kinds in KINDS.items() for kind in kinds}
DIRECTION_OF: dict[Journal, Direction] = {
    Journal.CONSULTATIONS: Direction.CONSULTATION,
    Journal.GROUP: Direction.GROUP,
    Journal.DIAGNOSTICS: Direction.DIAGNOSTICS,
}
