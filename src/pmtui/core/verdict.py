"""Pydantic's verdict on the values of a part, by the annotations of its class.

It is asked where the quick check cannot say, and imported only then.
"""

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import BaseModel, GetCoreSchemaHandler
    from pydantic_core import CoreSchema


class Refused(ValueError):
    """Values that a part cannot hold; `errors` are those of pydantic, with `loc`, `type`, `msg`."""

    def __init__(self, what: str, errors: list[Any]) -> None:
        super().__init__(what)
        self.errors = errors


def verdict(part: Any, values: Mapping[str, Any], *, strict: bool) -> dict[str, Any]:
    """`values` as the class `part` holds them; unless `strict`, what can be is converted.

    Raises:
        Refused: They are not what its fields may hold.
    """
    from pydantic import ValidationError

    try:
        checked = model_of(part).model_validate(dict(values), strict=strict or None)
    except ValidationError as error:
        raise Refused(str(error), error.errors(include_url=False)) from None
    return {name: getattr(checked, name) for name in values}


@cache
def model_of(part: Any) -> "type[BaseModel]":
    """The pydantic model with the fields of the class `part`."""
    from pydantic import ConfigDict, create_model

    fields: dict[str, Any] = {
        name: (annotation, _default(part.DEFAULTS.get(name, ...)))
        for name, annotation in part.FIELDS.items()
    }
    config = ConfigDict(extra="forbid", revalidate_instances="never")
    return create_model(part.__name__, __config__=config, __doc__=part.__doc__, **fields)


def _default(value: Any) -> Any:
    """A default as pydantic can show it in a schema."""
    return model_of(value.__class__)() if hasattr(value, "FIELDS") else value


def schema_of(part: Any, handler: "GetCoreSchemaHandler") -> "CoreSchema":
    """How pydantic takes a part within another: as it is, or made of a table of its fields."""
    from pydantic_core.core_schema import no_info_wrap_validator_function

    def held(value: Any, read: Any) -> Any:
        return value if isinstance(value, part) else part.of(dict(read(value)))

    return no_info_wrap_validator_function(held, handler(model_of(part)))
