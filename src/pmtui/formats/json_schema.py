"""The JSON Schema of the JSON format, made from the models: `python -m pmtui.formats.json_schema`.

The file in the package is what it prints; a test holds the two together.
"""

import json
from typing import Any

from pmtui.core.document import SCHEMA, Postmortem
from pmtui.core.verdict import model_of

_MOMENT = {
    "type": "string",
    "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?([+-]\d\d:\d\d|Z)?$",
    "description": "ISO 8601, without an offset where nobody knows the zone",
}
_MARK = {
    "type": "object",
    "properties": {
        "milestone": {"type": "string"},
        "at": _MOMENT,
        "source": {"type": "string", "description": "the id of the event, or “stated”"},
    },
    "required": ["milestone", "at", "source"],
}
_DURATION = {
    "type": "object",
    "properties": {
        "name": {"type": "string"},
        "from": _MARK,
        "to": _MARK,
        "seconds": {"type": "integer", "minimum": 0},
        "about": {"type": "boolean", "description": "whether one of its ends is an estimate"},
    },
    "required": ["name", "from", "to", "seconds", "about"],
}
_DERIVED = {
    "description": "What follows from the milestones; it is not read back.",
    "properties": {"durations": {"type": "array", "items": _DURATION}},
}
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def made() -> str:
    """The schema as text, ending in a line end."""
    schema = _cleaned(model_of(Postmortem).model_json_schema())
    schema["properties"] = {"schema": {"const": SCHEMA}} | schema["properties"]
    schema["properties"] |= {"derived": _DERIVED}
    schema["required"] = ["schema"]
    head = {"$schema": _DIALECT, "title": "Incident postmortem of pmtui"}
    return json.dumps(head | schema, indent=2, ensure_ascii=False) + "\n"


def _cleaned(node: Any) -> Any:
    """`node` as this format has it: other keys allowed, times with or without an offset."""
    if isinstance(node, list):
        return [_cleaned(item) for item in node]
    if not isinstance(node, dict):
        return node
    if node.get("format") == "date-time":
        return dict(_MOMENT)
    cleaned = {
        key: _cleaned(value)
        for key, value in node.items()
        if not (key == "title" and isinstance(value, str))
    }
    if isinstance(properties := cleaned.get("properties"), dict) and node.get("type") == "object":
        properties.pop("unknown", None)
        cleaned["additionalProperties"] = True
    if "description" in cleaned and isinstance(cleaned["description"], str):
        cleaned["description"] = " ".join(cleaned["description"].split())
    return cleaned


if __name__ == "__main__":
    print(made(), end="")  # noqa: T201
