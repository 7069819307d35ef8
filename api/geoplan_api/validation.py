"""What is wrong with a parameter, in the reader's language."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, Field

from geoplan.messages import Message

SHOWN_CHARACTERS = 80

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
    "string_pattern_mismatch": "control characters are not allowed",
    "too_long": "at most {max_length} values are expected",
    "too_short": "at least {min_length} values are expected",
    "json_invalid": "the body is not JSON",
    "json_type": "the body is not JSON",
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


class FieldError(BaseModel):
    """One parameter that is wrong."""

    field: str = Field(description="Name of the parameter.")
    value: Any = Field(default=None, description="As it was given.")
    message: str = Field(description="What was expected, in the reader's language.")


def field_errors(errors: Sequence[Mapping[str, Any]], lang: str) -> list[FieldError]:
    """Say of each parameter what was expected."""
    return [_field_error(error, lang) for error in errors]


def _field_error(error: Mapping[str, Any], lang: str) -> FieldError:
    # The first part of a location says where the parameter stands (path, query), not what it is called.
    field = ".".join(str(part) for part in error["loc"][1:]) or str(error["loc"][0])
    given = None if error["type"] == "missing" else error.get("input")
    value = given if given is None or isinstance(given, int | bool) else str(given)[:SHOWN_CHARACTERS]
    message = Message(
        "{field}: {reason}." if value is None else "{field} = “{value}”: {reason}.",
        field=field[:SHOWN_CHARACTERS], reason=_reason(error), value=value,
    )  # fmt: skip
    return FieldError(field=field[:SHOWN_CHARACTERS], value=value, message=message.text(lang))


def _reason(error: Mapping[str, Any]) -> Message:
    if error["type"] not in _REASONS:
        return Message("{reason}", reason=error["msg"])
    return Message(
        _REASONS[error["type"]], **{name: _plain(value) for name, value in error.get("ctx", {}).items()}
    )


def _plain(value: object) -> object:
    """The list of choices of pydantic ("'de' or 'en'") without its English."""
    return value.replace(" or ", ", ").replace("'", "") if isinstance(value, str) else value
