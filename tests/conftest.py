"""How all tests are run: properties, the editors they share, what is printed at the end."""

import gc
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from tests.e2e.forking import Forker

_FEW, _MANY = 20, 400
"""Examples for each property that sets no number of its own: as ever, and in the long run."""

# A busy machine is no failure, and a change is judged by the same examples in every run; whoever
# works on the code gets new ones each time.
settings.register_profile(
    "patient",
    max_examples=_FEW,
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "long", settings.get_profile("patient"), max_examples=_MANY, derandomize=False
)
settings.load_profile("patient")


def pytest_configure(config: pytest.Config) -> None:
    """Try each property with many examples where only the long tests are asked for."""
    if config.getoption("markexpr") == "long":
        settings.load_profile("long")


def pytest_itemcollected(item: pytest.Item) -> None:
    """A property is a long test too, with more examples."""
    law = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
    if law and item.config.getoption("markexpr") == "long":
        item.add_marker("long")


@pytest.fixture(scope="session")
def editors() -> "Iterator[Forker | None]":
    """The process that has the editor loaded, for all tests; None where it cannot be made."""
    from tests.e2e.desk import environ
    from tests.e2e.forking import Forker

    forker = Forker(environ()) if hasattr(os, "pidfd_open") else None
    yield forker
    if forker is not None:
        forker.close()


OUTCOME = "outcome"
"""The name of the property in which a run of many cases says what it found."""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int | None:
    """One process more than there are processors: half of a test at a terminal is waiting."""
    return None if os.environ.get("PYTEST_XDIST_AUTO_NUM_WORKERS") else (os.cpu_count() or 1) + 1


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """Have a worker that is through take tests from another, so that all end together."""
    if getattr(config.option, "numprocesses", None) and config.option.dist in ("no", "load"):
        config.option.dist = "worksteal"


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
