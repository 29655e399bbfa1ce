"""What the parts of a document have in common: frozen values with checked fields.

A class states its fields by annotations, as a dataclass does. It is made here in one step rather
than by `dataclasses`, which compiles the methods of each class at every start of the program.
"""

from collections.abc import Callable, Iterator, Mapping
from operator import attrgetter
from types import MappingProxyType
from typing import (
    TYPE_CHECKING,
    Any,
    ClassVar,
    Self,
    get_origin,
    get_type_hints,
)

from pmtui.core.quick_check import Check, check_of
from pmtui.core.verdict import Refused, schema_of, verdict
from pmtui.errors import EditError

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema


class Table(tuple[tuple[str, Any], ...]):
    """A TOML table that this program does not know, frozen as pairs in file order."""

    __slots__ = ()


class _PartType(type):
    """Makes of the annotations of a class its slots, defaults and checks."""

    def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> "_PartType":
        stated = super().__new__(cls, name, bases, dict(body))
        fields = {
            field: annotation
            for field, annotation in get_type_hints(stated, include_extras=True).items()
            if get_origin(annotation) is not ClassVar
        }
        inherited = {field for base in bases for field in getattr(base, "FIELDS", ())}
        own = [field for field in fields if field not in inherited]
        defaults = {field: body.pop(field) for field in own if field in body}
        for base in bases:
            defaults = getattr(base, "DEFAULTS", {}) | defaults
        return super().__new__(
            cls,
            name,
            bases,
            body
            | {
                "__slots__": (*own, *(() if bases else ("__weakref__",))),
                "FIELDS": MappingProxyType(fields),
                "DEFAULTS": MappingProxyType(defaults),
                "_values": attrgetter(*fields),
                "_checks": {field: check_of(annotation) for field, annotation in fields.items()},
            },
        )


class Part(metaclass=_PartType):
    """A frozen part of the document; `unknown` holds the keys of the file that it does not know.

    `FIELDS` are the annotations of its fields by their names, `DEFAULTS` what they hold at first.
    """

    FIELDS: ClassVar[MappingProxyType[str, Any]]
    DEFAULTS: ClassVar[MappingProxyType[str, Any]]
    _values: ClassVar[Callable[[Any], tuple[Any, ...]]]
    _checks: ClassVar[dict[str, Check]]

    unknown: tuple[tuple[str, Any], ...] = ()

    def __init__(self, **values: Any) -> None:
        """A part with those values, which are converted where they can be.

        Raises:
            Refused: They are not what its fields may hold.
        """
        _fill(self, _checked(type(self), values, strict=False))

    @classmethod
    def read(cls, values: Mapping[str, Any]) -> Self:
        """A part with the values of a file, of which none is converted.

        Raises:
            Refused: They are not what its fields may hold.
        """
        return cls.of(_checked(cls, values, strict=True))

    @classmethod
    def surely(cls, values: Mapping[str, Any]) -> Self | None:
        """A part with those values if the quick check knows them to be sound."""
        checked = _quick(cls, values)
        complete = checked is not None and len(cls.DEFAULTS | checked) == len(cls.FIELDS)
        return cls.of(checked) if checked is not None and complete else None

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        """A part with values that are known to be sound."""
        part = cls.__new__(cls)
        _fill(part, values)
        return part

    def revise(self, **changes: Any) -> Self:
        """This part with `changes`, checked; parts that did not change stay the same objects.

        Raises:
            EditError: A change is not what its field may hold.
        """
        checked = _quick(type(self), changes)
        if checked is None:
            try:
                checked = verdict(type(self), dict(self.items()) | changes, strict=False)
            except Refused as refused:
                first = refused.errors[0]
                field = ".".join(str(step) for step in first["loc"])
                reason = first["msg"].removeprefix("Value error, ")
                raise EditError(f"{field}: {reason}") from None
        return self.but(**{name: checked[name] for name in changes})

    def but(self, **changes: Any) -> Self:
        """This part with other values that are known to be sound."""
        return self.of(dict(self.items()) | changes)

    def items(self) -> Iterator[tuple[str, Any]]:
        """The names and values of its fields."""
        return zip(self.FIELDS, type(self)._values(self), strict=True)

    def as_dict(self) -> dict[str, Any]:
        """Its fields by their names, the parts within it as such dicts too."""
        return {name: _as_dicts(value) for name, value in self.items()}

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Part) or type(self) is not type(other):
            return NotImplemented
        values = type(self)._values
        return values(self) == values(other)

    def __hash__(self) -> int:
        return hash(type(self)._values(self))

    def __repr__(self) -> str:
        values = ", ".join(f"{name}={value!r}" for name, value in self.items())
        return f"{type(self).__name__}({values})"

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"a {type(self).__name__} is frozen; revise it for a new one")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"a {type(self).__name__} is frozen; revise it for a new one")

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self).of, (dict(self.items()),)

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: "GetCoreSchemaHandler"
    ) -> "CoreSchema":
        return schema_of(cls, handler)


_set = object.__setattr__


def _fill(part: Part, values: Mapping[str, Any]) -> None:
    for name, value in (part.DEFAULTS | dict(values)).items():
        _set(part, name, value)


def _checked(model: type[Part], values: Mapping[str, Any], *, strict: bool) -> dict[str, Any]:
    """The values of a whole part in their normal form."""
    checked = _quick(model, values)
    if checked is None or len(model.DEFAULTS | checked) < len(model.FIELDS):
        return verdict(model, values, strict=strict)
    return checked


def _quick(model: type[Part], values: Mapping[str, Any]) -> dict[str, Any] | None:
    """`values` in their normal form if all of them are surely sound."""
    checks = model._checks
    try:
        return {name: checks[name](value) for name, value in values.items()}
    except (KeyError, ValueError):
        return None


def _as_dicts(value: Any) -> Any:
    if isinstance(value, Part):
        return value.as_dict()
    return tuple(map(_as_dicts, value)) if type(value) is tuple else value
