"""Views: a question is kept under a name, by whom it belongs to."""

from typing import Final, cast
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext

from caseflow.accounts.models import User
from caseflow.audit.services import record
from caseflow.directory.actors import Actor
from caseflow.directory.models import Region
from caseflow.explorer.models import SavedView
from caseflow.explorer.rules.questions import Question
from caseflow.explorer.selectors.exploring import known_question
from caseflow.explorer.selectors.saved import own_view, own_views
from caseflow.undo.acts import Facts
from caseflow.undo.rules import TooLateError
from caseflow.undo.services import keep_removed, put_back, removed_rows

MOST_VIEWS: Final = 50
REMOVED: Final = "view_removed"  # as an act that can be undone


class NotSavedError(ValueError):
    """What stands against it, in words."""


@transaction.atomic
def save_view(actor: Actor, region: Region, *, name: str, shared: bool, asked: Question) -> SavedView:
    """Keep a question as far as it is known here. Raises NotSavedError, RefusedQuestionError."""
    question = known_question(region, asked)
    _hold(actor)
    if _held(actor) >= MOST_VIEWS:
        raise NotSavedError(gettext("There are fifty already. Remove one that you no longer need."))
    _refuse_taken(actor, name)
    view = SavedView.objects.create(owner=actor.user, region=region, name=name, shared=shared, asked=question.kept)
    _record("view_saved", actor, view)
    return view


@transaction.atomic
def change_view(actor: Actor, view_id: UUID, *, name: str, shared: bool) -> SavedView:
    """Rename a view of one's own, share it or share it no more. Raises SavedView.DoesNotExist, NotSavedError."""
    _hold(actor)
    view = own_view(actor, view_id)
    if name != view.name:
        _refuse_taken(actor, name)
    view.name, view.shared = name, shared
    view.save(update_fields=["name", "shared"])
    _record("view_changed", actor, view)
    return view


@transaction.atomic
def remove_view(actor: Actor, view_id: UUID) -> None:
    """Remove a view of one's own. Raises SavedView.DoesNotExist."""
    view = own_view(actor, view_id)
    keep_removed(actor, REMOVED, view.pk, [view])
    _record("view_removed", actor, view)
    view.delete()


def put_view_back(actor: Actor, view_id: str, _facts: Facts) -> str:
    """Take back that the actor removed a view. Returns the page of the views.

    Raises Removed.DoesNotExist, TooLateError (its name is taken, or there are too many by now).
    """
    (removed,) = removed_rows(actor, REMOVED, view_id)
    view = cast("SavedView", removed)
    _hold(actor)
    if _held(actor) >= MOST_VIEWS:
        raise TooLateError
    put_back([view])
    _record("view_restored", actor, view)
    return reverse("explorer:views")


def _hold(actor: Actor) -> None:
    """Two acts at once of one person: one waits."""
    User.objects.select_for_update(no_key=True).get(pk=actor.user.pk)


def _held(actor: Actor) -> int:
    return SavedView.objects.filter(owner=actor.user).count()


def _refuse_taken(actor: Actor, name: str) -> None:
    if own_views(actor).filter(name=name).exists():
        raise NotSavedError(gettext("You have a view of this name. Choose another."))


def _record(action: str, actor: Actor, view: SavedView) -> None:
    detail = {"shared": view.shared}
    record(action=action, actor_id=actor.user.pk, role=actor.role, obj=f"view {view.pk}", detail=detail)
