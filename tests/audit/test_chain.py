"""A changed, removed, reordered or truncated entry is found (rule 24)."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseflow.audit.models import AuditEntry, Checkpoint
from caseflow.audit.rules import GENESIS, chain_digest, first_break
from caseflow.audit.selectors import chain_break
from caseflow.audit.services import record, seal_pending

contents = st.lists(st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=5), max_size=3), max_size=8)
Link = tuple[int, str, dict[str, Any]]


def chained(entries: list[dict[str, Any]]) -> list[Link]:
    links: list[Link] = []
    digest = GENESIS
    for sequence, content in enumerate(entries, start=1):
        digest = chain_digest(digest, content)
        links.append((sequence, digest, content))
    return links


@given(contents)
def test_an_untouched_chain_holds(entries: list[dict[str, Any]]) -> None:
    assert first_break(chained(entries)) is None


@given(contents.filter(len), st.data())
def test_a_changed_entry_breaks_the_chain_at_its_place(entries: list[dict[str, Any]], data: st.DataObject) -> None:
    links = chained(entries)
    place = data.draw(st.integers(0, len(links) - 1))
    sequence, digest, content = links[place]
    links[place] = (sequence, digest, {**content, "changed": True})
    assert first_break(links) == place + 1


@given(contents.filter(lambda e: len(e) > 1), st.data())
def test_a_removed_entry_breaks_the_chain_at_its_place(entries: list[dict[str, Any]], data: st.DataObject) -> None:
    links = chained(entries)
    place = data.draw(st.integers(0, len(links) - 2))
    del links[place]
    assert first_break(links) == place + 1


@given(contents.filter(lambda e: len(e) > 1), st.data())
def test_two_entries_that_changed_places_break_the_chain(entries: list[dict[str, Any]], data: st.DataObject) -> None:
    links = chained(entries)
    place = data.draw(st.integers(0, len(links) - 2))
    links[place], links[place + 1] = links[place + 1], links[place]
    assert first_break(links) == place + 1


def write(count: int) -> None:
    for number in range(count):
        record(action="read", actor_id=None, role="", obj=f"case {number}", detail={"имя": "Ә", "n": number})


@pytest.mark.django_db
def test_the_sealer_chains_every_entry_once_and_signs_the_end() -> None:
    write(3)
    assert seal_pending() == 3
    assert seal_pending() == 0
    write(2)
    assert seal_pending() == 2
    assert list(AuditEntry.objects.order_by("sequence").values_list("sequence", flat=True)) == [1, 2, 3, 4, 5]
    assert Checkpoint.objects.count() == 1
    assert chain_break() is None


@pytest.mark.django_db
def test_an_entry_changed_in_the_database_is_found() -> None:
    write(4)
    seal_pending()
    AuditEntry.objects.filter(sequence=2).update(obj="case 99")
    assert chain_break() == "entry 2"


@pytest.mark.django_db
def test_a_truncated_chain_is_found_by_the_last_checkpoint() -> None:
    write(4)
    seal_pending()
    AuditEntry.objects.filter(sequence=4).delete()
    assert chain_break() == "checkpoint 4"


@pytest.mark.django_db
def test_a_checkpoint_signed_with_another_key_is_found() -> None:
    write(1)
    seal_pending()
    Checkpoint.objects.update(signature="0" * 64)
    assert chain_break() == "checkpoint 1"
