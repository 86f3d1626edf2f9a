from caseflow.instruments.models.administrations import Administration, Answer
from caseflow.instruments.models.versions import InstrumentVersion, InUse

__all__ = ["Administration", "Answer", "InUse", "InstrumentVersion"]
