"""A frozen value from JSON, field by field as its class declares it; an error names the field."""

import dataclasses
import datetime
import math
import types
from collections.abc import Callable, Hashable, Mapping
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from geoplan.errors import InvalidValueError, UnknownChoiceError
from geoplan.messages import Message
from geoplan.nearest import nearest_values

MOST_CHARACTERS = 20_000
MOST_ITEMS = 1000
LARGEST = 1e12
MOST_WHOLE = 100_000
CENT = Decimal("0.01")
SHOWN_CHARACTERS = 80
FEW_FIELDS = 8
"""So many are named all."""

Value = TypeVar("Value")


def decode(kind: type[Value], given: object, path: str = "") -> Value:
    """Make a ``kind`` (a dataclass) of ``given``, which was read from JSON.

    Raises
    ------
    InvalidValueError
        A field is missing, unknown, or not what it has to be.
    UnknownChoiceError
        A word is none of those that are allowed there.
    """
    if not isinstance(given, Mapping):
        raise _wrong(path or "plan", given, Message("a table of named fields is expected"))
    hints, fields = (
        _hints(cast("Hashable", kind)),
        {field.name: field for field in dataclasses.fields(cast("Any", kind))},
    )
    for name in given:
        if name not in fields:
            message = Message("{field}: there is no such field.", field=_joined(path, str(name)))
            raise InvalidValueError(message, value=str(name), nearest=_fields_near(str(name), list(fields)))
    for name, field in fields.items():
        if name not in given and is_required(field):
            message = Message("{field} is missing.", field=_joined(path, name))
            raise InvalidValueError(message, value=name)
    return kind(**{name: _value(hints[name], part, _joined(path, name)) for name, part in given.items()})


def _fields_near(name: str, fields: list[str]) -> list[str]:
    """The fields that may be meant, and all others too where they are few."""
    nearest = nearest_values(name, fields)
    return list(dict.fromkeys([*nearest, *fields])) if len(fields) <= FEW_FIELDS else nearest


def is_required(field: "dataclasses.Field[Any]") -> bool:
    """Whether a field has to be given."""
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


@cache
def _hints(kind: Hashable) -> dict[str, Any]:
    return get_type_hints(kind)


def _value(hint: Any, given: object, path: str) -> Any:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return None if given is None else _value(arguments[0], given, path)
    if origin is tuple:
        return _items(arguments[0], given, path)
    if origin in (dict, Mapping):
        return _named(_number if arguments[1] is float else _fact, given, path)
    if dataclasses.is_dataclass(hint):
        return decode(cast("type[Any]", hint), given, path)
    if issubclass(hint, StrEnum):
        return _choice(hint, given, path)
    return _READERS[hint](given, path)


def _items(hint: Any, given: object, path: str) -> tuple[Any, ...]:
    if not isinstance(given, list | tuple):
        raise _wrong(path, given, Message("a list is expected"))
    if len(given) > MOST_ITEMS:
        raise _wrong(
            path, len(given), Message("at most {max_length} values are expected", max_length=MOST_ITEMS)
        )
    return tuple(_value(hint, part, f"{path}[{place}]") for place, part in enumerate(given))


def _named(read: Callable[[object, str], Any], given: object, path: str) -> dict[str, Any]:
    if not isinstance(given, Mapping):
        raise _wrong(path, given, Message("a table of named fields is expected"))
    if len(given) > MOST_ITEMS:
        raise _wrong(
            path, len(given), Message("at most {max_length} values are expected", max_length=MOST_ITEMS)
        )
    return {_text(name, path): read(part, _joined(path, str(name))) for name, part in given.items()}


def _choice(kind: type[StrEnum], given: object, path: str) -> StrEnum:
    if isinstance(given, str) and given in list(kind):
        return kind(given)
    message = Message("{field}: “{value}” is none of the possible values.", field=path, value=_shown(given))
    known = [one.value for one in kind]
    # There are so few that all can be told where none is close.
    nearest = nearest_values(str(given), known, limit=len(known))
    raise UnknownChoiceError(message, value=_shown(given), nearest=nearest)


def _text(given: object, path: str) -> str:
    if not isinstance(given, str):
        raise _wrong(path, given, Message("a text is expected"))
    if not given.strip():
        raise _wrong(path, given, Message("the text is empty"))
    if len(given) > MOST_CHARACTERS:
        reason = Message("at most {max_length} characters are expected", max_length=MOST_CHARACTERS)
        raise _wrong(path, given, reason)
    if any((char < " " and char not in "\n\t") or "\x7f" <= char <= "\x9f" for char in given):
        raise _wrong(path, given, Message("control characters are not allowed"))
    if any("\ud800" <= char <= "\udfff" for char in given):  # half a character, which no database takes
        raise _wrong(path, ascii(given), Message("a text is expected"))
    return given


def _number(given: object, path: str) -> float:
    known = isinstance(given, int | float) and not isinstance(given, bool)
    if not known or not abs(cast("float", given)) <= LARGEST or not math.isfinite(cast("float", given)):
        raise _wrong(path, given, Message("a number is expected"))
    return float(cast("float", given))


def _fact(given: object, path: str) -> bool | float | str:
    """Yes or no, a number or a text; which of them it has to be, the fact says."""
    if isinstance(given, bool):
        return given
    if isinstance(given, str):
        return _text(given, path)
    number = _number(given, path)
    return int(number) if number.is_integer() else number


def _money(given: object, path: str) -> Decimal:
    """An amount exact to the cent: the shortest decimal that the number of the JSON stands for."""
    amount = Decimal(str(_number(given, path)))
    cents = amount.quantize(CENT)
    if cents != amount:
        raise _wrong(path, given, Message("an amount in euro with at most two decimals is expected"))
    return cents + 0  # adding 0 takes the sign off a negative zero


def _whole(given: object, path: str) -> int:
    if not isinstance(given, int) or isinstance(given, bool) or not 0 <= given <= MOST_WHOLE:
        raise _wrong(path, given, Message("a whole number is expected"))
    return given


def _flag(given: object, path: str) -> bool:
    if not isinstance(given, bool):
        raise _wrong(path, given, Message("true or false is expected"))
    return given


def _day(given: object, path: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(cast("str", given))
    except (TypeError, ValueError) as error:
        raise _wrong(path, given, Message("a date like 2026-11-22 is expected")) from error


def _time(given: object, path: str) -> datetime.datetime:
    try:
        found = datetime.datetime.fromisoformat(cast("str", given))
    except (TypeError, ValueError) as error:
        raise _wrong(path, given, Message("a time like 2026-11-22T10:00 is expected")) from error
    if found.tzinfo is not None:
        raise _wrong(path, given, Message("a time like 2026-11-22T10:00 is expected"))
    return found


_READERS: dict[type, Callable[[object, str], Any]] = {
    str: _text, float: _number, Decimal: _money, int: _whole, bool: _flag, datetime.date: _day,
    datetime.datetime: _time,
}  # fmt: skip


def _joined(path: str, name: str) -> str:
    return f"{path}.{name[:SHOWN_CHARACTERS]}" if path else name[:SHOWN_CHARACTERS]


def _shown(given: object) -> str:
    return str(given)[:SHOWN_CHARACTERS].encode("utf-8", "backslashreplace").decode()


def _wrong(path: str, given: object, reason: Message) -> InvalidValueError:
    message = Message("{field} = “{value}”: {reason}.", field=path, value=_shown(given), reason=reason)
    return InvalidValueError(message, value=_shown(given))
