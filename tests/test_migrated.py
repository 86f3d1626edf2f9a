"""The copy of the migrated database is known by what it was made from."""

from pathlib import Path

import pytest

from tests import migrated


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(migrated, "BASE_DIR", tmp_path)
    for name, text in {
        "caseflow/consent/migrations/0001_initial.py": "from caseflow.consent.shown import digest\n",
        "caseflow/consent/shown.py": "from caseflow.consent import models\nfrom caseflow.records.rules import keys\n",
        "caseflow/consent/models.py": "",
        "caseflow/consent/views.py": "",
        "caseflow/consent/texts/mood.toml": "title",
        "caseflow/records/rules/keys.py": "",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path / "caseflow"


@pytest.mark.parametrize(
    ("changed", "anew"),
    [
        ("consent/migrations/0001_initial.py", True),
        ("consent/migrations/0002_more.py", True),
        ("consent/shown.py", True),
        ("records/rules/keys.py", True),
        ("consent/texts/mood.toml", True),
        ("consent/views.py", False),
        ("consent/models.py", False),
    ],
)
def test_it_is_made_anew_when_what_migrations_read_has_changed(sources: Path, changed: str, anew: bool) -> None:
    before = migrated._digest()
    (sources / changed).write_text("import os\n")
    assert (migrated._digest() != before) is anew
