"""Options that several commands share, read into values with a message that names what was wrong."""

from collections.abc import Callable, Sequence
from typing import Annotated, TypeVar

import typer

from geoplan.errors import InvalidValueError, UnknownChoiceError
from geoplan.messages import Message
from geoplan_api.answers import check_limit

Value = TypeVar("Value")

Unit = Annotated[
    str, typer.Argument(metavar="UNIT", help="An id (AGS, ARS, county key …) or a name that is unambiguous.")
]
Candidate = Annotated[
    str, typer.Argument(metavar="CANDIDATE", help="The unit to explain: an id or an unambiguous name.")
]
Service = Annotated[
    str | None,
    typer.Option("--service", metavar="SERVICE", help="Service field; “geoplan services” lists them."),
]
CooperationType = Annotated[
    str,
    typer.Option(
        "--type",
        metavar="TYPE",
        help="any, horizontal, horizontal-rural, horizontal-metropolitan, urban-rural or vertical.",
    ),
]

Partners = Annotated[
    list[str] | None,
    typer.Option(
        "--with", metavar="ID,…", help="Partners already on board: who else fits all of them? Repeatable."
    ),
]
Weights = Annotated[
    list[str] | None,
    typer.Option("--weight", metavar="CRITERION=X", help="Another weight for a criterion. Repeatable."),
]
AsLevel = Annotated[
    str | None,
    typer.Option(
        "--as", metavar="association", help="Let associations of municipalities stand for their members."
    ),
]


def whole_number(text: str) -> int:
    """Read a whole number.

    Raises
    ------
    InvalidValueError
        Not one.
    """
    try:
        return int(text)
    except ValueError as error:
        raise InvalidValueError(
            Message("“{value}” is not a whole number.", value=text), value=text
        ) from error


def of_option(option: str, read: Callable[[str], Value]) -> Callable[[str], Value]:
    """Let what ``read`` finds wrong name the option."""

    def named(text: str) -> Value:
        try:
            return read(text)
        except InvalidValueError as error:
            message = Message("{option}: {problem}", option=option, problem=error.message)
            raise InvalidValueError(message, value=error.value, nearest=error.nearest) from error

    return named


def whole_number_of(option: str) -> Callable[[str], int]:
    """The parser of an option that is a whole number."""
    return of_option(option, whole_number)


def read_limit(text: str) -> int:
    """Read a number of rows; errors as in :func:`geoplan_api.answers.check_limit`."""
    return check_limit(whole_number(text))


def format_option(*formats: str) -> typer.models.OptionInfo:
    """The option ``--format`` of a command that knows ``formats``."""

    def read(text: str) -> str:
        if text not in formats:
            message = Message("There is no format “{value}” here.", value=text)
            raise UnknownChoiceError(message, value=text, nearest=formats)
        return text

    option: typer.models.OptionInfo = typer.Option(
        "--format",
        metavar="|".join(formats),
        help="How the answer is written.",
        parser=read,
    )
    return option


def limit_option() -> typer.models.OptionInfo:
    """The option ``--limit``."""
    option: typer.models.OptionInfo = typer.Option(
        "--limit",
        metavar="N",
        help="At most so many results (1 to 1000).",
        parser=of_option("--limit", read_limit),
    )
    return option


def split_list(texts: Sequence[str]) -> list[str]:
    """The values of an option that may be repeated or hold several, parted by commas."""
    return [part.strip() for text in texts for part in text.split(",") if part.strip()]
