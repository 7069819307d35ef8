"""What is wrong with a parameter, in the reader's language."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, get_args

from pydantic import BaseModel, Field

from geoplan.messages import Message
from geoplan.nearest import nearest_values

SHOWN_CHARACTERS = 80

Models = Mapping[str, object]
"""What a route asks for, by where it stands (query, body): models of pydantic."""

_REASONS = {
    "missing": "it is missing",
    "extra_forbidden": "there is no such parameter",
    "int_parsing": "a whole number is expected",
    "int_parsing_size": "the number is too large",
    "int_from_float": "a whole number is expected",
    "greater_than_equal": "at least {ge} is expected",
    "less_than_equal": "at most {le} is expected",
    "string_too_short": "at least {min_length} characters are expected",
    "string_too_long": "at most {max_length} characters are expected",
    "too_long": "at most {max_length} values are expected",
    "too_short": "at least {min_length} values are expected",
    "json_invalid": "it is not JSON",
    "json_type": "it is not JSON",
    "model_attributes_type": "a table of named fields is expected",
    "dict_type": "a table of named fields is expected",
    "list_type": "a list is expected",
    "string_type": "a text is expected",
    "int_type": "a whole number is expected",
    "bool_type": "true or false is expected",
    "bool_parsing": "true or false is expected",
    "float_type": "a number is expected",
    "float_parsing": "a number is expected",
    "finite_number": "a number is expected",
    "literal_error": "one of these is expected: {expected}",
    "enum": "one of these is expected: {expected}",
}
"""By kind of error (pydantic): what to say; the fields are those of the error's context."""
_PATTERNS = {
    "^[^": Message("control characters are not allowed"),
    "^https?:": Message("an address that begins with http:// or https:// and has no blanks is expected"),
    "^[a-z0-9]": Message("small letters, digits and hyphens are expected, 64 at most"),
}
"""By the beginning of the pattern that a text has to match."""
_OTHER_PATTERN = Message("it is not written as expected")


class FieldError(BaseModel):
    """One parameter that is wrong."""

    field: str = Field(description="Name of the parameter.")
    value: Any = Field(default=None, description="As it was given.")
    message: str = Field(description="What was expected, in the reader's language.")
    nearest: list[str] = Field(
        default=[], description="The nearest names that there are, where there is none of this."
    )


def field_errors(
    errors: Sequence[Mapping[str, Any]], lang: str, *, models: Models, body: object = None
) -> list[FieldError]:
    """Say of each parameter what was expected.

    ``models`` are those that were asked for, by where their values stand, and ``body`` is what was sent.
    """
    return [_field_error(error, lang, models, body) for error in errors]


def _field_error(error: Mapping[str, Any], lang: str, models: Models, body: object) -> FieldError:
    place, *names = error["loc"]
    given = None if error["type"] == "missing" else error.get("input")
    if error["type"] == "json_invalid":  # where it breaks is no name, and what was read so far no value
        names, given = [], body
    # The first part of a location says where the parameter stands (path, query), not what it is called.
    field = (".".join(map(str, names)) or str(place))[:SHOWN_CHARACTERS]
    value = _shown(given)
    nearest = _nearest(models.get(place), names) if error["type"] == "extra_forbidden" else []
    message = Message(
        "{field}: {reason}." if value is None else "{field} = “{value}”: {reason}.",
        field=field, reason=_reason(error), value=value,
    ).text(lang)  # fmt: skip
    if nearest:
        hint = Message("Nearest valid values: {values}.", values=", ".join(nearest))
        message = f"{message} {hint.text(lang)}"
    return FieldError(field=field, value=value, message=message, nearest=nearest)


def _shown(given: object) -> Any:
    """A value as JSON writes it, shortened; a text as it is."""
    if given is None or isinstance(given, int | bool):
        return given
    if isinstance(given, bytes):
        given = given.decode("utf-8", "replace")
    text = given if isinstance(given, str) else json.dumps(given, ensure_ascii=False, default=str)
    return text[:SHOWN_CHARACTERS]


def _nearest(model: object, names: Sequence[object]) -> list[str]:
    """The names beside the one that a location ends with which there are, nearest first."""
    *way, last = names
    for name in way:
        fields = _fields(model)
        model = fields[name] if isinstance(name, str) and name in fields else model
    return nearest_values(str(last), _fields(model))


def _fields(annotation: object) -> dict[str, object]:
    """The names of a model's fields with their types; that of a list or a choice of models is found too."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        fields = annotation.model_fields.items()
        return {field.alias or name: field.annotation for name, field in fields}
    return next(filter(None, map(_fields, get_args(annotation))), {})


def _reason(error: Mapping[str, Any]) -> Message:
    if error["type"] == "string_pattern_mismatch":
        pattern = error["ctx"]["pattern"]
        return next((said for start, said in _PATTERNS.items() if pattern.startswith(start)), _OTHER_PATTERN)
    if error["type"] not in _REASONS:
        return Message("{reason}", reason=error["msg"])
    return Message(
        _REASONS[error["type"]], **{name: _plain(value) for name, value in error.get("ctx", {}).items()}
    )


def _plain(value: object) -> object:
    """The list of choices of pydantic ("'de' or 'en'") without its English."""
    return value.replace(" or ", ", ").replace("'", "") if isinstance(value, str) else value
