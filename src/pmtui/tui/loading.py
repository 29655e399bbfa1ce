"""Loading asyncio without encryption, which the editor has no use for and which costs its start.

Asyncio is made to work where Python was built without `ssl`. Whoever imports that later gets it.
"""

import sys
from importlib import import_module

_UNUSED = "ssl"


def load_asyncio() -> None:
    """Import asyncio as if there were no `ssl`; as ever where either is there, or that fails."""
    if _UNUSED in sys.modules or "asyncio" in sys.modules:
        return
    sys.modules[_UNUSED] = None  # type: ignore[assignment]
    try:
        import_module("asyncio")
    except ImportError:
        for name in [name for name in sys.modules if name.partition(".")[0] == "asyncio"]:
            del sys.modules[name]
    finally:
        del sys.modules[_UNUSED]
