from uuid import uuid4

import pytest
from django.test import override_settings
from django.urls import NoReverseMatch, path, reverse, set_script_prefix
from django.views.generic import View

from caseflow.addresses import address_if_there, address_of

urlpatterns = [path("elsewhere/<uuid:pk>/", View.as_view(), name="only-here")]


def test_it_is_what_the_resolver_says() -> None:
    case, note = uuid4(), uuid4()
    assert address_of("cases:detail", case) == reverse("cases:detail", args=[case])
    assert address_of("cases:correct", case, note) == reverse("cases:correct", args=[case, note])
    assert address_of("cases:correct", note, note) == reverse("cases:correct", args=[note, note])
    assert address_of("cases:list") == reverse("cases:list")


def test_a_page_that_is_not_there_has_no_address() -> None:
    with pytest.raises(NoReverseMatch):
        address_of("nowhere:detail", uuid4())
    assert address_if_there("nowhere:detail", uuid4()) == ""
    assert address_if_there("cases:detail", uuid4()) != ""


def test_other_pages_and_another_prefix_have_addresses_of_their_own() -> None:
    key = uuid4()
    with override_settings(ROOT_URLCONF=__name__):
        assert address_of("only-here", key) == f"/elsewhere/{key}/"
    set_script_prefix("/tirek/")
    try:
        assert address_of("cases:detail", key) == f"/tirek/cases/{key}/"
    finally:
        set_script_prefix("/")
    assert address_of("cases:detail", key) == f"/cases/{key}/"
