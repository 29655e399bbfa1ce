"""`dataclass` as the standard library has it, but nothing is compiled before it is needed.

The standard library compiles six methods a class, most of a millisecond at every start of the
program, and of most classes nothing is made before the first frame. Here `__init__` is compiled
when the first one is made, and the other methods are the same functions for all classes.
"""

import sys
from collections.abc import Callable, Iterator
from functools import cache, partial
from operator import attrgetter
from reprlib import recursive_repr
from types import ModuleType
from typing import TYPE_CHECKING, Any, NoReturn


class _Later(ModuleType):
    """A module that is loaded when something of it is asked for."""

    def __getattr__(self, name: str) -> Any:
        return getattr(__import__(self.__name__), name)


if "inspect" not in sys.modules and "dataclasses" not in sys.modules:
    # It takes longer to load than the rest of `dataclasses`, which asks it only for the docstring
    # of a class that has none.
    sys.modules["inspect"] = _Later("inspect")
    try:
        import dataclasses
    finally:
        del sys.modules["inspect"]
else:
    import dataclasses

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(cls: type | None = None, /, **options: bool) -> Any:
        """A data class; with `frozen` and `slots` alone, a decorator that makes one."""
        return partial(_made, **options) if cls is None else _made(cls)


def _made(cls: type, *, frozen: bool = False, slots: bool = False) -> Any:
    stated = set(vars(cls))
    # For one without a docstring the standard library would make one of its signature.
    cls.__doc__ = cls.__doc__ or cls.__name__
    made: Any = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots)(cls)
    methods: dict[str, Any] = {"__init__": _first_init(made, frozen)}
    methods |= {"__repr__": _repr, "__eq__": _eq, "__hash__": _hash if frozen else None}
    if frozen:
        methods |= {"__setattr__": _refused, "__delattr__": _refused}
        methods |= {"__getstate__": _state, "__setstate__": _with_state} if slots else {}
    for name, method in methods.items():
        if name not in stated:
            setattr(made, name, method)
    return made


def _first_init(cls: Any, frozen: bool) -> Callable[..., None]:
    """An `__init__` that puts the compiled one in its own place."""

    def __init__(self: Any, *arguments: Any, **keywords: Any) -> None:  # noqa: N807
        cls.__init__ = _compiled_init(cls, frozen)
        cls.__init__(self, *arguments, **keywords)

    return __init__


_UNSET = object()


def _compiled_init(cls: Any, frozen: bool) -> Callable[..., None]:
    known: dict[str, Any] = {"_set": object.__setattr__, "_UNSET": _UNSET}
    arguments, body = ["self"], []
    for each in dataclasses.fields(cls):
        name, value = each.name, each.name
        if each.default is not dataclasses.MISSING:
            known[f"_default_{name}"] = each.default
            default = f"_default_{name}"
        elif each.default_factory is not dataclasses.MISSING:
            known[f"_make_{name}"] = each.default_factory
            default = "_UNSET"
            value = f"_make_{name}() if {name} is _UNSET else {name}"
        else:
            default = ""
        if each.init:
            arguments.append(f"{name}={default}" if default else name)
        elif default:
            value = f"_make_{name}()" if default == "_UNSET" else default
        else:
            continue
        body.append(f"_set(self, {name!r}, {value})" if frozen else f"self.{name} = {value}")
    if hasattr(cls, "__post_init__"):
        body.append("self.__post_init__()")
    lines = "\n    ".join(body or ["pass"])
    exec(f"def __init__({', '.join(arguments)}):\n    {lines}", known)
    made: Callable[..., None] = known["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made


@cache
def _compared(cls: Any) -> Callable[[Any], Any]:
    names = [each.name for each in dataclasses.fields(cls) if each.compare]
    return attrgetter(*names) if names else lambda _: ()


def _eq(self: Any, other: Any) -> bool:
    if other.__class__ is not self.__class__:
        return NotImplemented  # type: ignore[no-any-return]
    values = _compared(self.__class__)
    return bool(values(self) == values(other))


def _hash(self: Any) -> int:
    return hash(_compared(self.__class__)(self))


@recursive_repr()
def _repr(self: Any) -> str:
    shown = (f"{each.name}={getattr(self, each.name)!r}" for each in _shown(self))
    return f"{self.__class__.__qualname__}({', '.join(shown)})"


def _shown(self: Any) -> Iterator[Any]:
    return (each for each in dataclasses.fields(self) if each.repr)


def _refused(self: Any, name: str, *_: Any) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"field {name!r} cannot be changed")


def _state(self: Any) -> list[Any]:
    return [getattr(self, each.name) for each in dataclasses.fields(self)]


def _with_state(self: Any, state: list[Any]) -> None:
    for each, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, each.name, value)
