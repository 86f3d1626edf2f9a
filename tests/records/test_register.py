"""Nothing is stored that nobody answers for."""

import pytest
from django.apps import apps

from caseflow.records.register import PersonalData, declare, declare_impersonal, declared, personal_data


def test_every_model_is_declared_and_every_declaration_has_a_model() -> None:
    assert declared() == {model._meta.label for model in apps.get_models()}


def test_each_path_to_the_pupil_leads_to_a_pupil() -> None:
    wrong = {}
    for entry in personal_data():
        model = apps.get_model(entry.model)
        if entry.pupil_path:
            query = model._default_manager.filter(**{f"{entry.pupil_path}__birth_date": "2010-01-01"})
            wrong[entry.model] = query.query.is_empty()
    assert wrong
    assert not any(wrong.values())


def test_each_entry_says_why_it_may_be_kept_and_who_may_see_it() -> None:
    assert [entry.model for entry in personal_data() if not (entry.ground and entry.retention and entry.viewers)] == []


def test_a_model_cannot_be_declared_twice_differently() -> None:
    entry = personal_data()[0]
    declare(entry)
    with pytest.raises(ValueError, match=entry.model):
        declare(PersonalData(entry.model, "other", "", "", frozenset(), "keep"))
    with pytest.raises(ValueError, match=entry.model):
        declare_impersonal(entry.model, "nothing")
