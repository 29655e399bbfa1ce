"""Cases that the long run tries besides: more like those that are tried as ever."""

from typing import Any

import pytest


def besides(*cases: Any) -> list[Any]:
    """These cases, a tuple of arguments or a single one each, for the long run alone."""
    return [
        pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=pytest.mark.long)
        for case in cases
    ]
