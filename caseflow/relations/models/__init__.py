from caseflow.relations.models.people import PersonAround

__all__ = ["PersonAround"]
