"""The forms of the journals: a version is entered with its source and the day from which it holds, and stays."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from caseflow.directory.actors import Actor
from caseflow.directory.models import Region
from caseflow.journals.enums import Journal
from caseflow.journals.models import FormVersion
from caseflow.journals.rules import JournalRefused
from caseflow.journals.rules.forms import check_form
from caseflow.journals.selectors.forms import may_edit_forms
from caseflow.journals.services.noting import log


@dataclass(frozen=True, slots=True)
class NewForm:
    """A form as it is entered; `columns` as `FormVersion.columns`."""

    journal: Journal
    source: str
    effective_from: date
    names_persons: bool = False
    columns: list[dict[str, Any]] = field(default_factory=list)


@transaction.atomic
def enter_form(actor: Actor, new: NewForm) -> FormVersion:
    """Enter the form that a journal has in the actor's region from a day on, today or later.

    Raises PermissionDenied for everybody but the lead psychologist of a region, JournalRefused.
    """
    if not may_edit_forms(actor):
        raise PermissionDenied
    region = Region.objects.select_for_update(no_key=True).get(pk=actor.membership.region_id or 0)
    check_form(new.journal, new.columns, names_persons=new.names_persons, source=new.source)
    if new.effective_from < timezone.localdate():
        raise JournalRefused(gettext("A form holds from today at the earliest: earlier journals keep theirs"))
    if FormVersion.objects.filter(journal=new.journal, region=region, effective_from=new.effective_from).exists():
        raise JournalRefused(gettext("From that day on another form has been entered already"))
    made = FormVersion.objects.create(
        journal=new.journal,
        region=region,
        names_persons=new.names_persons,
        columns=new.columns,
        source=new.source.strip(),
        effective_from=new.effective_from,
        made_by=actor.user,
    )
    since = new.effective_from.isoformat()
    log(actor, "journal_form_changed", _label(made), journal=new.journal.value, since=since, names=new.names_persons)
    return made


def _label(form: FormVersion) -> str:
    return f"journals.FormVersion/{form.pk}"
