"""What a field of the document may hold: annotations that the quick check and pydantic both read.

A rule in an annotation takes a sound value, gives it in its normal form, and raises ValueError for
another. It tells pydantic the same by itself, so that pydantic need not be there.
"""

import re
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Annotated, Any

from pmtui.core.clock.zones import zone_of
from pmtui.core.text import find_control, normalise
from pmtui.errors import TimeError

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema


class Checked:
    """A value that `check` lets through, in the form that it gives."""

    def __init__(self, check: Callable[[Any], Any]) -> None:
        self.check = check

    def __get_pydantic_core_schema__(
        self, source: Any, handler: "GetCoreSchemaHandler"
    ) -> "CoreSchema":
        from pydantic_core.core_schema import no_info_after_validator_function

        return no_info_after_validator_function(self.check, handler(source))


class Between:
    """A finite number of at least `least` and at most `most`."""

    def __init__(self, least: int, most: int) -> None:
        self._least, self._most = least, most

    def check(self, value: Any) -> Any:
        """The number itself."""
        if not self._least <= value <= self._most:
            raise ValueError(f"must be from {self._least} to {self._most}")
        return value

    def __get_pydantic_core_schema__(
        self, source: Any, handler: "GetCoreSchemaHandler"
    ) -> "CoreSchema":
        schema: Any = handler(source)
        finite = {"allow_inf_nan": False} if source is float else {}
        return schema | finite | {"ge": self._least, "le": self._most}  # type: ignore[no-any-return]


class Matching:
    """A text that is the regular expression `pattern` from its begin to its end."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._compiled = re.compile(pattern)

    def check(self, value: Any) -> Any:
        """The text itself."""
        if not self._compiled.fullmatch(value):
            raise ValueError(f"must match {self._pattern}")
        return value

    def __get_pydantic_core_schema__(
        self, source: Any, handler: "GetCoreSchemaHandler"
    ) -> "CoreSchema":
        schema: Any = handler(source)
        return schema | {"pattern": self._pattern}  # type: ignore[no-any-return]


def _text(value: str) -> str:
    if value.isprintable():
        return value
    value = normalise(value)
    if (bad := find_control(value)) is not None:
        raise ValueError(f"holds the control character U+{ord(bad):04X}")
    return value


def _line(value: str) -> str:
    value = _text(value)
    if "\n" in value:
        raise ValueError("must be one line")
    return value


def _moment(value: datetime) -> datetime:
    offset = value.utcoffset()
    if offset is not None and offset % timedelta(minutes=1):
        raise ValueError("has a zone offset with seconds, which TOML cannot hold")
    if offset is None or isinstance(value.tzinfo, timezone):
        return value
    # A fixed offset reads back equal from a file; that of a zone does not where its clocks change.
    return value.replace(tzinfo=timezone(offset), fold=0)


def _zone(value: str) -> str:
    if value:
        try:
            zone_of(value)
        except TimeError as error:
            raise ValueError(str(error)) from None
    return value


Text = Annotated[str, Checked(_text)]
Line = Annotated[str, Checked(_line)]
Zone = Annotated[str, Checked(_line), Checked(_zone)]
Moment = Annotated[datetime, Checked(_moment)]
Id = Annotated[str, Matching(r"^[A-Za-z0-9_-]{1,40}$")]
Level = Annotated[int, Between(1, 6)]
Percent = Annotated[float, Between(0, 100)]
