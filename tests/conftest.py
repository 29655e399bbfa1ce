"""What every run of the tests prints at its end, and how properties are tried."""

import gc
import os

import pytest
from hypothesis import HealthCheck, settings

# A busy machine is no failure, and a change is judged by the same examples in every run; whoever
# works on the code gets new ones each time.
settings.register_profile(
    "patient",
    max_examples=60,
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("patient")

OUTCOME = "outcome"
"""The name of the property in which a run of many cases says what it found."""


_LITTER = 100_000
"""Objects that are made before the next search for garbage; each app that ends leaves as many."""


def pytest_collection_finish() -> None:
    """Search for garbage seldom, and never in the tests themselves: it takes a fifth of the run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_LITTER, 10, 10)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the counts of the runs that try many cases."""
    found = [
        str(value)
        for state in ("passed", "failed")
        for report in terminalreporter.getreports(state)
        for name, value in report.user_properties
        if name == OUTCOME
    ]
    if found:
        terminalreporter.section("what the runs found")
        for line in found:
            terminalreporter.line(line)
