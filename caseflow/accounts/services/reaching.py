from django.db import transaction

from caseflow.accounts.models import Phone, User
from caseflow.audit.services import record
from caseflow.records.vault import new_key, seal, where


@transaction.atomic
def set_reach(user: User, *, email: str, phone: str) -> None:
    """Keep where the person wants e-mail and SMS; an empty text forgets it, a new number gets a new key."""
    User.objects.filter(pk=user.pk).update(email=email)
    old = Phone.objects.select_related("data_key").filter(pk=user.pk).first()
    if old is not None:
        key = old.data_key
        old.delete()
        key.delete()
    if phone:
        key = new_key("phone")
        Phone.objects.create(
            user=user, data_key=key, number_sealed=seal(key, phone, where("accounts.Phone", user.pk, "number"))
        )
    record(action="reach_changed", actor_id=user.pk, role="", obj=f"accounts.User:{user.pk}")
