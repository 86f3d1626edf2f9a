"""A test that needs an outside program is skipped at home and fails in CI."""

import pytest

pytest_plugins = ["pytester"]

PLAIN = ("-p", "no:asyncio", "-p", "no:django", "-p", "no:randomly")
TEST = """
from tests.conftest import needs_outside

def test_page():
    needs_outside("Chromium", present=False)

def test_other():
    import pytest
    pytest.skip("only on PostgreSQL")
"""


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    monkeypatch.delenv("CI", raising=False)
    pytester.makeconftest("from tests.conftest import pytest_runtest_makereport")
    pytester.makepyfile(TEST)
    return pytester


def test_at_home_it_is_skipped_and_says_why(project: pytest.Pytester) -> None:
    result = project.runpytest("-rs", *PLAIN)
    result.assert_outcomes(skipped=2)
    result.stdout.fnmatch_lines(["*needs an outside program: Chromium*"])


def test_in_ci_it_fails_while_other_skips_stay(project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    result = project.runpytest(*PLAIN)
    result.assert_outcomes(failed=1, skipped=1)
