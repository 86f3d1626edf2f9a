"""Sessions in the database whose lock survives: a slow request that began before the lock cannot write it away."""

from django.contrib.sessions.backends import db
from django.db import transaction

from caseflow.accounts.rules import LOCKED


class SessionStore(db.SessionStore):
    """Django's store; only `unlock` takes a stored lock away (rule 23)."""

    _unlocking = False

    def unlock(self) -> None:
        """Forget the lock, also the one that is stored."""
        self.pop(LOCKED, None)
        self._unlocking = True

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002  Django's signature
        """Write the session; a lock that was stored meanwhile stays."""
        if must_create or self.session_key is None or self._unlocking:
            super().save(must_create=must_create)
            return
        with transaction.atomic():
            stored = self.model.objects.select_for_update().filter(session_key=self.session_key).first()
            if stored is not None and self.decode(stored.session_data).get(LOCKED):
                self[LOCKED] = True
            super().save()
