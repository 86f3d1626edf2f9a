"""The catalogue's entries are whole, and nothing is pinned twice."""

import re
from urllib.parse import urlsplit

import pytest

from analytics.pipeline.catalogue import BY_NAME, BY_SUM, CATALOGUE, CatalogueFile
from analytics.pipeline.layouts import PACKAGED, Role
from analytics.pipeline.packaged import packaged_file, verified_bytes


@pytest.mark.parametrize("file", CATALOGUE, ids=lambda file: file.name)
def test_an_entry_says_what_a_card_needs(file: CatalogueFile) -> None:
    assert re.fullmatch(r"[a-z0-9-]{1,20}", file.name)
    assert re.fullmatch(r"([0-9a-f]{64})?", file.sha256)
    assert file.licence in ("MIT", "Apache-2.0")
    assert file.role in Role
    assert not file.url or urlsplit(file.url).scheme == "https"
    assert bool(file.package) == (file.layout in PACKAGED)


def test_names_and_pins_are_each_ones_own() -> None:
    assert len(BY_NAME) == len(CATALOGUE)
    assert len(BY_SUM) == sum(bool(file.sha256) for file in CATALOGUE)


def test_where_no_pin_is_certain_none_is_given() -> None:
    assert [file.name for file in CATALOGUE if not file.sha256] == ["enet-b0-8-best-afew", "enet-b2-7"]


def test_what_comes_with_the_product_is_what_its_pin_says() -> None:
    packaged = [file for file in CATALOGUE if file.package]
    assert len(packaged) == 2
    for file in packaged:
        assert verified_bytes(packaged_file(file.package, f"data/{file.file_name}"), file.sha256)
