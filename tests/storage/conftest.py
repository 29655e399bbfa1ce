"""Folders and users that the tests of the file system share."""

import os
import pickle
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

NOBODY = 65534


def in_child(function: Callable[[], Any]) -> Any:
    """What `function` returns or raises in a forked child; -N where signal N ended that."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        try:
            outcome = (True, function())
        except BaseException as error:
            outcome = (False, f"{type(error).__name__}: {error}")
        with open(writer, "wb") as pipe:
            pickle.dump(outcome, pipe)
        os._exit(0)
    os.close(writer)
    with open(reader, "rb") as pipe:
        answer = pipe.read()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status:
        return status
    fine, outcome = pickle.loads(answer)
    if not fine:
        raise AssertionError(outcome)
    return outcome


@pytest.fixture
def as_plain_user() -> Callable[[Callable[[], Any]], Any]:
    """Runs a function as somebody whom permission bits bind: in a child, and not as root."""

    def run(function: Callable[[], Any]) -> Any:
        def drop_and_run() -> Any:
            if os.geteuid() == 0:
                os.setgroups([])
                os.setgid(NOBODY)
                os.setuid(NOBODY)
            return function()

        return in_child(drop_and_run)

    return run


@pytest.fixture
def shared_folder() -> Iterator[Path]:
    """A folder that every user of the machine may enter and write."""
    folder = Path(tempfile.mkdtemp(prefix="pmtui-test-"))
    folder.chmod(0o777)
    yield folder
    folder.chmod(0o777)
    shutil.rmtree(folder)
