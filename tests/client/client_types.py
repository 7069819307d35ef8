"""The answers of the server as types of Python; ``python -m tests.client.client_types`` writes them."""

import keyword
from pathlib import Path
from typing import Any

from geoplan_api import create_app

FILE = Path(__file__).resolve().parents[2] / "geoplan" / "client" / "types.py"
HEAD = '''"""What a server answers, as types: made by ``python -m tests.client.client_types``."""

from typing import Any, Literal, NotRequired, TypedDict
'''
ANSWERS = (
    "Units", "Unit", "Neighbours", "Suggestions", "Explanation", "Services", "ServiceAnswer",
    "NetworkSearch", "NetworkAnswer", "Comparison", "Plans", "StoredPlan", "History",
)  # fmt: skip
PLAIN = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}


def name_of(reference: str) -> str:
    return reference.rpartition("/")[2]


class Writer:
    def __init__(self, schemas: dict[str, Any]) -> None:
        self.schemas = schemas
        self.written: dict[str, str] = {}

    def type_of(self, schema: dict[str, Any]) -> str:
        if "$ref" in schema:
            return self.named(name_of(schema["$ref"]))
        if "anyOf" in schema:
            return " | ".join(dict.fromkeys(self.type_of(one) for one in schema["anyOf"]))
        if "const" in schema or "enum" in schema:
            values = schema.get("enum", [schema.get("const")])
            return f"Literal[{', '.join(repr_of(one) for one in values)}]"
        if schema.get("type") == "array":
            return f"list[{self.type_of(schema.get('items', {}))}]"
        if schema.get("type") == "object":
            values = schema.get("additionalProperties")
            return f"dict[str, {self.type_of(values) if isinstance(values, dict) else 'Any'}]"
        return PLAIN.get(str(schema.get("type")), "Any")

    def named(self, name: str) -> str:
        schema = self.schemas[name]
        if "enum" in schema:
            values = "".join(f"    {repr_of(one)},\n" for one in schema["enum"])
            self.written.setdefault(name, f"{name} = Literal[\n{values}]\n")
            return name
        if "properties" not in schema:
            return self.type_of(schema)
        if name not in self.written:
            self.written[name] = ""
            fields = {
                field: self._field(one, field in schema.get("required", ()))
                for field, one in schema["properties"].items()
            }
            # Those that it is made of go before it.
            del self.written[name]
            self.written[name] = text_of(name, schema, fields)
        return name

    def _field(self, schema: dict[str, Any], required: bool) -> str:
        kind = self.type_of(schema)
        return kind if required else f"NotRequired[{kind}]"


def repr_of(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else repr(value)


def text_of(name: str, schema: dict[str, Any], fields: dict[str, str]) -> str:
    if any(keyword.iskeyword(field) for field in fields):
        inner = "".join(f'        "{field}": {kind},\n' for field, kind in fields.items())
        return f'{name} = TypedDict(\n    "{name}",\n    {{\n{inner}    }},\n)\n'
    said = schema.get("description", name).splitlines()[0]
    inner = "".join(f"    {field}: {kind}\n" for field, kind in fields.items())
    return f'class {name}(TypedDict):\n    """{said}"""\n\n{inner}'


def text() -> str:
    writer = Writer(create_app().openapi()["components"]["schemas"])
    for name in ANSWERS:
        writer.named(name)
    # A blank line after the imports where no class follows, two before each class.
    return HEAD + "\n\n".join(["", *writer.written.values()])[1:]


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
