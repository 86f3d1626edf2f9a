"""Forms that begin with what their author kept of them, and what is chosen of two versions."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

from django import forms
from django.core.exceptions import ObjectDoesNotExist

from caseflow.cases.forms.seen import BesideForm
from caseflow.cases.happening import FieldRefused
from caseflow.cases.meanwhile import SavedMeanwhile
from caseflow.cases.rules import CaseRefused
from caseflow.directory.actors import ActorRequest
from caseflow.drafts.forms import NOT_KEPT, DraftedForm
from caseflow.drafts.selectors import Kept, beside, draft_in, own_draft
from caseflow.drafts.services import DraftDiffers, save_with_draft
from caseflow.records.models import DataKey

F = TypeVar("F", bound=DraftedForm)


def drafted(request: ActorRequest, key: str, make: Callable[..., F], **initial: Any) -> F:
    """The sent form; else one filled with the author's draft, or with the version they took of two.

    `initial` is what an empty form begins with.
    """
    sent = request.POST
    if request.method == "POST" and "take" not in sent:
        form = make(sent)
        form.draft_key, form.sent_with = key, sent
        return form
    kept = _kept(request, key)
    if "take" not in sent:
        return _begun(make, key, kept, initial)
    fields = _taken(sent["take"], {name: str(value) for name, value in sent.items()}, kept)
    return chosen(request, key, make, {**initial, **fields})


def chosen(request: ActorRequest, key: str, make: Callable[..., F], fields: Mapping[str, Any]) -> F:
    """The form with what its author has just taken of two texts, which nothing keeps yet."""
    form = _filled(make, key, None, fields)
    form.sent_with, form.is_chosen = request.POST, True
    return form


def begun(request: ActorRequest, key: str, make: Callable[..., F], *, sealed_with: DataKey | None) -> F:
    """A form that was not sent, filled with the author's draft, which lies under this key: None where they may not
    write now."""
    kept = draft_in(request.actor, key, sealed_with) if sealed_with else None
    return _begun(make, key, kept, {})


def _begun(make: Callable[..., F], key: str, kept: Kept | None, initial: Mapping[str, Any]) -> F:
    """A form with the author's draft; where they have not decided about two, with the one that lies aside."""
    stands = kept and (kept.other or kept)
    form = _filled(make, key, kept, {**initial, **(stands.fields if stands else {})})
    if kept and kept.other:
        form.versions = beside(kept, kept.other.fields)
    return form


def _filled(make: Callable[..., F], key: str, kept: Kept | None, fields: Mapping[str, Any]) -> F:
    form = make(None, initial={name: value for name, value in fields.items() if name not in NOT_KEPT})
    form.draft_key, form.kept = key, kept
    return form


def done(request: ActorRequest, form: forms.Form, change: Callable[[dict[str, Any]], object]) -> bool:
    """Whether the form was sent, valid and accepted; what was refused, and what was saved meanwhile, stands in it."""
    if not form.is_valid():
        return False
    try:
        if isinstance(form, DraftedForm):
            save_with_draft(request.actor, form.written(), lambda: change(form.cleaned_data))
        else:
            change(form.cleaned_data)
    except SavedMeanwhile as meanwhile:
        form.add_error(None, str(meanwhile))
        cast("BesideForm", form).show_beside(meanwhile.saved)
        return False
    except CaseRefused as refusal:
        form.add_error(refusal.field if isinstance(refusal, FieldRefused) else None, str(refusal))
        return False
    except DraftDiffers as differs:
        cast("DraftedForm", form).versions = differs.versions
        return False
    return True


def status_of(form: forms.Form) -> int:
    """How a page with this form is answered: shown, refused (422), or with two versions to choose from (409)."""
    if not form.is_bound:
        return 200
    has_two = (isinstance(form, DraftedForm) and form.versions) or (isinstance(form, BesideForm) and form.beside)
    return 409 if has_two else 422


def _kept(request: ActorRequest, key: str) -> Kept | None:
    try:
        return own_draft(request.actor, key)
    except ObjectDoesNotExist:  # nothing can be written there now; the page itself says why
        return None


def _taken(choice: str, sent: Mapping[str, str], kept: Kept | None) -> Mapping[str, str]:
    mine = {name: value for name, value in sent.items() if name not in NOT_KEPT}
    if kept is None or choice not in ("theirs", "both"):
        return mine
    return kept.fields if choice == "theirs" else beside(kept, mine).together
