"""What was said of an appointment, in clear."""

from caseflow.appointments.models import Appointment
from caseflow.records.vault import unseal, where

MODEL = "appointments.Appointment"


def words_of(appointment: Appointment, field: str) -> str:
    """What stands sealed in "<field>_sealed"; empty once the key is gone."""
    if appointment.data_key is None:
        return ""
    sealed: bytes = getattr(appointment, f"{field}_sealed")
    return unseal(appointment.data_key, sealed, where(MODEL, appointment.pk, field))
