"""Forms of the journals: what holds on a day, and who enters the next one."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from caseflow.directory.actors import Actor
from caseflow.journals.enums import Journal
from caseflow.journals.models import FormVersion
from caseflow.journals.rules import JournalRefused
from caseflow.journals.selectors.forms import form_on, visible_forms
from caseflow.journals.services import NewForm, enter_form
from caseflow.records.append_only import AppendOnlyError
from tests.cases.factories import lead_over, psychologist
from tests.journals.factories import region_lead_of, school_of, today

pytestmark = pytest.mark.django_db
GROUP = Journal.GROUP


def new(days: int = 0, **facts: object) -> NewForm:
    usual = {"journal": GROUP, "source": "Order 12 of the department", "columns": [{"key": "date"}, {"key": "theme"}]}
    return NewForm(**(usual | {"effective_from": today() + timedelta(days=days)} | facts))  # type: ignore[arg-type]


def region_of(who: Actor) -> int:
    return school_of(who).district.region_id


def test_every_journal_has_a_shipped_form_with_its_source() -> None:
    shipped = FormVersion.objects.filter(region=None)
    assert {each.journal for each in shipped} == set(Journal.values)
    assert all("Order 377" in each.source and not each.names_persons for each in shipped)
    with pytest.raises(FormVersion.DoesNotExist):
        form_on(GROUP, 0, today() - timedelta(days=20_000))


def test_a_regions_own_form_holds_from_its_day_on_and_the_earlier_ones_stay() -> None:
    who = psychologist()
    lead, region = region_lead_of(who), region_of(who)
    shipped = form_on(GROUP, region, today())
    coming = enter_form(lead, new(10))
    assert form_on(GROUP, region, today()) == shipped
    assert form_on(GROUP, region, today() + timedelta(days=10)) == coming
    now = enter_form(lead, new())
    assert (form_on(GROUP, region, today()), form_on(GROUP, region, today() - timedelta(days=1))) == (now, shipped)
    assert form_on(GROUP, region_of(psychologist()), today()) == shipped
    assert list(visible_forms(who).filter(journal=GROUP)) == [coming, now, shipped]
    assert list(visible_forms(psychologist()).filter(journal=GROUP)) == [shipped]
    with pytest.raises(AppendOnlyError):
        now.save()


def test_who_answers_for_no_region_enters_nothing_and_bad_forms_are_refused() -> None:
    who = psychologist()
    for stranger in (who, lead_over(school_of(who))):
        with pytest.raises(PermissionDenied):
            enter_form(stranger, new())
    lead = region_lead_of(who)
    enter_form(lead, new())
    for wrong, said in (
        (new(-1), "from today at the earliest"),
        (new(), "another form has been entered"),
        (new(3, columns=[]), "at least one column"),
    ):
        with pytest.raises(JournalRefused, match=said):
            enter_form(lead, wrong)
