from caseflow.relations.services.recording import Told, end_person, record_person

__all__ = ["Told", "end_person", "record_person"]
