import pytest

from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Region
from tests.directory.factories import RegionFactory, actor
from tests.explorer.factories import districts_of, release

PERIODS = ("2025-Q2", "2025-Q3", "2025-Q4", "2025", "2026-Q1", "2026-Q2", "2026-Q3")


@pytest.fixture
def region(db: None) -> Region:
    made = RegionFactory.create(code="mangystau", name_kk="Маңғыстау облысы", name_ru="Мангистауская область")
    districts_of(made, 3)
    return made


@pytest.fixture
def analyst(region: Region) -> Actor:
    return actor(Role.ANALYST, region=region)


@pytest.fixture
def prosecutor(region: Region) -> Actor:
    return actor(Role.PROSECUTOR, region=region)


@pytest.fixture
def released(region: Region, prosecutor: Actor) -> Region:
    """The region with six quarters and a year, the newest of them corrected."""
    for period in PERIODS:
        release(region, period, prosecutor)
    release(region, "2026-Q3", prosecutor, seed=2, version=2)
    return region
