"""Which dataset and which language: the options that every command understands, before and after its name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geoplan.errors import InvalidValueError, UnknownChoiceError
from geoplan.messages import LANGUAGES, Message

DEFAULT_LANGUAGE = "de"
VARIABLES = {"--data": "GEOPLAN_DATA", "--lang": "GEOPLAN_LANG"}
"""The options and the environment variables that stand in for them."""

EXPORT, BOTH = "export", "both"
"""The one command whose pages may be in both languages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GlobalOptions:
    """What was asked for beside the command."""

    data: str | None
    """Name or path of a dataset; ``None`` is the embedded one."""
    lang: str


def language_of(environment: Mapping[str, str]) -> str:
    """The language to speak before the arguments are read, so that their mistakes are told in it."""
    lang = environment.get(VARIABLES["--lang"])
    return lang if lang in LANGUAGES else DEFAULT_LANGUAGE


def split_arguments(
    arguments: Sequence[str], environment: Mapping[str, str]
) -> tuple[GlobalOptions, list[str]]:
    """Take the global options out of the arguments; what stands after ``--`` is left alone.

    Raises
    ------
    InvalidValueError
        An option without its value.
    UnknownChoiceError
        A language that is not spoken.
    """
    found = {option: environment.get(variable) or None for option, variable in VARIABLES.items()}
    rest: list[str] = []
    left = iter(arguments)
    for argument in left:
        if argument == "--":
            rest += [argument, *left]
            break
        option, sign, value = argument.partition("=")
        if option not in VARIABLES:
            rest.append(argument)
        else:
            found[option] = value if sign else _value_of(option, next(left, None))
    if found["--lang"] == BOTH and rest[:1] == [EXPORT]:
        # Pages may be written in both languages; what the command itself says is told in one.
        rest += ["--lang", BOTH]
        found["--lang"] = language_of(environment)
    return GlobalOptions(data=found["--data"], lang=_spoken(found["--lang"])), rest


def _value_of(option: str, value: str | None) -> str:
    if value is None:
        raise InvalidValueError(Message("The option {option} needs a value.", option=option))
    return value


def _spoken(lang: str | None) -> str:
    if lang is None:
        return DEFAULT_LANGUAGE
    if lang not in LANGUAGES:
        message = Message("There is no language “{value}”.", value=lang)
        raise UnknownChoiceError(message, value=lang, nearest=LANGUAGES)
    return lang
