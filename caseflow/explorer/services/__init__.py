from caseflow.explorer.services.publishing import NotPublishedError, publish, withdraw
from caseflow.explorer.services.saving import NotSavedError, change_view, remove_view, save_view

__all__ = ["NotPublishedError", "NotSavedError", "change_view", "publish", "remove_view", "save_view", "withdraw"]
