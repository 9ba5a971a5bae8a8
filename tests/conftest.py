"""What tests share: the real data beside the repository, and a tally of what its absence skipped."""

import pathlib

import hypothesis
import pytest

hypothesis.settings.register_profile("recsys", deadline=None, max_examples=60, print_blob=True)
hypothesis.settings.load_profile("recsys")

SHARED = pathlib.Path(__file__).parents[2] / "shared"
SKIPPED = pytest.StashKey[list[str]]()


@pytest.fixture(scope="session")
def shared():
    """The folder of real data that may not be published; tests on it skip where it is missing."""
    if not SHARED.is_dir():
        pytest.skip("real data: no ../shared beside the repository")
    return SHARED


def pytest_terminal_summary(terminalreporter):
    reasons = [str(r.longrepr[2]) for r in terminalreporter.stats.get("skipped", []) if isinstance(r.longrepr, tuple)]
    real = [r for r in reasons if "real data" in r]
    why = f" ({real[0].removeprefix('Skipped: ')})" if real else ""
    terminalreporter.write_line(f"real-data tests skipped: {len(real)}{why}")
