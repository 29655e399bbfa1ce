"""Cases that the long run tries besides: more like those that are tried as ever."""

from collections.abc import Iterable
from typing import Any

import pytest


def besides(*cases: Any) -> list[Any]:
    """These cases, a tuple of arguments or a single one each, for the long run alone."""
    return [
        pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=pytest.mark.long)
        for case in cases
    ]


def one_in(number: int, cases: Iterable[Any]) -> list[Any]:
    """Every so many-th of these cases from the first one on; the others for the long run alone."""
    cases = list(cases)
    others = (case for at, case in enumerate(cases) if at % number)
    return [*cases[::number], *besides(*others)]
