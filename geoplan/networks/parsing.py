"""Words and days as a planner gives them, read into values with a message that names what was wrong."""

import datetime
import re
from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar

from geoplan.errors import InvalidValueError, UnknownChoiceError
from geoplan.messages import Message
from geoplan.nearest import nearest_values
from geoplan.networks.shares import ShareKey
from geoplan.rules import Depth

Word = TypeVar("Word", bound=StrEnum)

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def read_depth(text: str) -> Depth:
    """Read how deeply partners work together; UnknownChoiceError where there is no such depth."""
    return _read(text, Depth, Message("There is no depth of cooperation “{value}”.", value=text))


def read_key(text: str) -> ShareKey:
    """Read a key of shares; UnknownChoiceError where there is none."""
    return _read(text, ShareKey, Message("There is no key of shares “{value}”.", value=text))


def read_day(text: str) -> datetime.date:
    """Read an ISO date; InvalidValueError where it is none."""
    try:
        return datetime.date.fromisoformat(text if ISO_DAY.fullmatch(text) else "")
    except ValueError as error:
        message = Message("“{value}” is not a date such as 2026-11-22.", value=text)
        raise InvalidValueError(message, value=text) from error


def read_assumptions(texts: Iterable[str]) -> dict[str, float]:
    """Read changed assumptions written ``key=number``; InvalidValueError where one is not."""
    changed = {}
    for text in texts:
        key, _, number = text.partition("=")
        try:
            changed[key.strip()] = float(number.replace(",", "."))
        except ValueError as error:
            message = Message("“{value}” is not an assumption; it is written key=number.", value=text)
            raise InvalidValueError(message, value=text) from error
    return changed


def _read(text: str, words: type[Word], message: Message) -> Word:
    if text not in list(words):
        raise UnknownChoiceError(message, value=text, nearest=nearest_values(text, list(words)))
    return words(text)
