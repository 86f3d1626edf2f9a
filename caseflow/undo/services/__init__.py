from caseflow.undo.services.offers import offer, take_back
from caseflow.undo.services.removing import erase_removed, keep_removed, put_back, removed_rows

__all__ = ["erase_removed", "keep_removed", "offer", "put_back", "removed_rows", "take_back"]
