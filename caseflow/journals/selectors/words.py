"""What was said of work and results, in clear."""

from dataclasses import dataclass

from caseflow.appointments.models import Appointment
from caseflow.appointments.selectors.words import words_of as words_of_appointment
from caseflow.instruments.models import Administration
from caseflow.journals.models import ResultRecord, WorkRecord
from caseflow.records.models import DataKey
from caseflow.records.vault import unseal, where

WORK, RESULT = "journals.WorkRecord", "journals.ResultRecord"


@dataclass(frozen=True, slots=True)
class Work:
    """What was done at an appointment. `is_written` is False where nobody has said so yet: then the theme is what it
    was planned for."""

    asker: str = ""
    form: str = ""
    participants: int | None = None
    theme: str = ""
    audience: str = ""
    result: str = ""
    is_written: bool = False


@dataclass(frozen=True, slots=True)
class Explained:
    """What a questionnaire was given for, and to whom its result was explained."""

    purpose: str = ""
    told: tuple[str, ...] = ()
    is_written: bool = False


def work_of(appointment: Appointment) -> Work:
    """What was done, in clear. No query where `work_record` was selected."""
    found: WorkRecord | None = getattr(appointment, "work_record", None)
    if found is None:
        return Work(theme=words_of_appointment(appointment, "purpose"))
    key = appointment.data_key
    return Work(
        asker=found.asker,
        form=found.form,
        participants=found.participants,
        theme=_open(key, found, WORK, "theme"),
        audience=_open(key, found, WORK, "audience"),
        result=_open(key, found, WORK, "result"),
        is_written=True,
    )


def explained_of(administration: Administration) -> Explained:
    """What is said of a questionnaire's result, in clear. No query where `result_record` and the key were selected."""
    found: ResultRecord | None = getattr(administration, "result_record", None)
    if found is None:
        return Explained()
    purpose = _open(administration.case.data_key, found, RESULT, "purpose")
    return Explained(purpose, tuple(found.told), is_written=True)


def _open(key: DataKey | None, record: WorkRecord | ResultRecord, model: str, field: str) -> str:
    """Empty once the key is gone."""
    return unseal(key, getattr(record, f"{field}_sealed"), where(model, record.pk, field)) if key else ""
