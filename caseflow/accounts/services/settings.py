from collections.abc import Mapping

from caseflow.accounts.models import User

OWN = frozenset({"language", "theme", "single_keys"})


def set_preferences(user: User, changes: Mapping[str, object]) -> None:
    """Keep the person's language, theme or use of single keys. Raises ValueError for any other field."""
    if not changes or not OWN.issuperset(changes):
        raise ValueError(sorted(changes))
    User.objects.filter(pk=user.pk).update(**changes)
