"""The published JSON Schema: made from the models, with an example in each field.

``schema.json`` beside this file is what downstream tools read. While the
version (``vindue/1``) stands, it may gain optional fields and nothing else:
``breaks`` lists what a reader of the old schema would trip over. As a command
``python -m vindue.out.schema_check [--write | --against FILE]`` compares the
models with the published schema, writes it anew where nothing breaks, or
compares it with another copy, such as that of the main branch.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from vindue.nlp.record import Record, json_schema

Schema = dict[str, Any]
PUBLISHED: Final = "schema.json"
_EXAMPLE: Final = "example.json"
_DRAFTED_KEYS: Final = ("type", "const", "enum", "pattern", "format", "minimum", "maximum", "$ref")


def published() -> Schema:
    """The schema as it was last published."""
    return _read(PUBLISHED)


def current() -> Schema:
    """The schema of the models as they are, an example in every field."""
    example = Record.model_validate(_read(_EXAMPLE)).model_dump(mode="json", by_alias=True)
    schema = json_schema()
    _exemplify(schema, schema, example)
    return schema


def version_of(schema: Schema) -> str:
    """The version that records of this schema carry, such as ``vindue/1``."""
    return str(schema["properties"]["schema"].get("const", ""))


def breaks(old: Schema, new: Schema) -> list[str]:
    """What a reader of ``old`` trips over in ``new``: fields lost, retyped, no longer sure.

    Empty where the version rose, and where ``new`` only adds fields.
    """
    if version_of(old) != version_of(new):
        return []
    return list(_broken(old, old, new, new, ""))


def _read(name: str) -> Schema:
    text = files("vindue.out").joinpath(name).read_text(encoding="utf-8")
    schema: Schema = json.loads(text)
    return schema


def _resolved(schema: Schema, root: Schema) -> Schema:
    while "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rpartition("/")[2]]
    return schema


def _options(schema: Schema, root: Schema) -> list[Schema]:
    """The alternatives of a field, each resolved."""
    schema = _resolved(schema, root)
    if "anyOf" not in schema:
        return [schema]
    return [option for part in schema["anyOf"] for option in _options(part, root)]


def _kinds(schema: Schema, root: Schema) -> list[str]:
    """The types of a field in a form that can be compared and shown."""
    kinds = []
    for option in _options(schema, root):
        told = {key: option[key] for key in _DRAFTED_KEYS if key in option}
        if "enum" in told:
            told["enum"] = sorted(map(str, told["enum"]))
        kinds.append(json.dumps(told, sort_keys=True))
    return sorted(kinds)


def _broken(
    old: Schema, old_root: Schema, new: Schema, new_root: Schema, place: str
) -> Iterator[str]:
    if (was := _kinds(old, old_root)) != (now := _kinds(new, new_root)):
        yield f"{place or '/'}: was {' or '.join(was)}, is {' or '.join(now)}"
        return
    pairs = zip(_sorted_options(old, old_root), _sorted_options(new, new_root), strict=True)
    for before, after in pairs:
        for name, field in before.get("properties", {}).items():
            if name not in after.get("properties", {}):
                yield f"{place}/{name}: removed"
            else:
                yield from _broken(
                    field, old_root, after["properties"][name], new_root, f"{place}/{name}"
                )
        for name in before.get("required", []):
            if name not in after.get("required", []) and name in after.get("properties", {}):
                yield f"{place}/{name}: may be left out now"
        if "items" in before:
            yield from _broken(before["items"], old_root, after["items"], new_root, f"{place}/0")


def _sorted_options(schema: Schema, root: Schema) -> list[Schema]:
    options = _options(schema, root)
    return sorted(options, key=lambda option: _kinds(option, root))


def _exemplify(schema: Schema, root: Schema, value: object) -> None:
    """Put ``value`` into the schema as an example, field by field, where none stands."""
    for option in _options(schema, root):
        if "properties" in option and isinstance(value, dict):
            for name, field in option["properties"].items():
                if value.get(name) is None:
                    continue
                if not _has_examples(field, root):
                    field["examples"] = [value[name]]
                _exemplify(field, root, value[name])
        if "items" in option and isinstance(value, list) and value:
            _exemplify(option["items"], root, value[0])


def _has_examples(field: Schema, root: Schema) -> bool:
    return "examples" in field or any("examples" in part for part in _options(field, root))


def dumped(schema: Schema) -> str:
    """The schema as it stands in the file."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def main(arguments: list[str] | None = None) -> int:
    """Exit status: 0 unbroken and up to date, 1 broken or not yet written."""
    parser = argparse.ArgumentParser(prog="vindue.out.schema_check", description=__doc__)
    parser.add_argument("--write", action="store_true", help="publish the models' schema")
    parser.add_argument("--against", type=Path, help="compare with this copy of the schema")
    options = parser.parse_args(arguments)
    old = json.loads(options.against.read_text("utf-8")) if options.against else published()
    new = current()
    found = breaks(old, new)
    for line in found:
        print(f"breaks {version_of(old)}: {line}", file=sys.stderr)
    if found:
        print("Raise the version in nlp/record.py, or keep the field.", file=sys.stderr)
        return 1
    if options.write:
        Path(__file__).with_name(PUBLISHED).write_text(dumped(new), encoding="utf-8")
    elif new != published():
        print("schema.json is behind the models: run with --write", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
