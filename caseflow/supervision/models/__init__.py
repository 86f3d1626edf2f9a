from caseflow.supervision.models.notes import Agreement, NoteSharing, Supervision, SupervisionNote

__all__ = ["Agreement", "NoteSharing", "Supervision", "SupervisionNote"]
