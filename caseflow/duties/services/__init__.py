from caseflow.duties.services.reading import BodyFile, open_body, open_desk

__all__ = ["BodyFile", "open_body", "open_desk"]
