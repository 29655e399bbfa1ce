"""Regular expressions that are compiled when they are first used, not at every start."""

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from re import compile as pattern
else:

    class pattern:  # noqa: N801
        """What `re.compile` gives for the same arguments."""

        def __init__(self, source: str, flags: int = 0) -> None:
            self.pattern = source
            self._flags = flags

        def __getattr__(self, name: str) -> Any:
            # What is set here is found the next time without asking.
            value = getattr(re.compile(self.pattern, self._flags), name)
            setattr(self, name, value)
            return value


__all__ = ["pattern"]
