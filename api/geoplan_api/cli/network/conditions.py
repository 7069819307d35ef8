"""Options that several commands about networks share."""

from typing import Annotated

import typer

from geoplan.networks.request import read_contiguity, read_population
from geoplan_api.cli.options import whole_number, whole_number_of

Service = Annotated[
    str, typer.Option("--service", metavar="SERVICE", help="Service field; “geoplan services” lists them.")
]
Fewest = Annotated[
    int | None,
    typer.Option(
        "--min",
        metavar="N",
        help="At least so many members; by default as usual.",
        parser=whole_number_of("--min"),
    ),
]
Most = Annotated[
    int | None,
    typer.Option(
        "--max",
        metavar="N",
        help="At most so many members; by default as usual.",
        parser=whole_number_of("--max"),
    ),
]
Population = Annotated[
    str | None,
    typer.Option(
        "--population", metavar="MIN:MAX", help="Inhabitants of all members together; 20000: is at least."
    ),
]
MostCounties = Annotated[
    int | None,
    typer.Option(
        "--max-counties",
        metavar="N",
        help="Out of at most so many counties.",
        parser=whole_number_of("--max-counties"),
    ),
]
WholeAssociations = Annotated[
    bool, typer.Option("--whole-associations", help="Municipalities of one association stay together.")
]
Contiguity = Annotated[
    str,
    typer.Option(
        "--contiguity", metavar="auto|yes|no", help="Whether the members form one area; auto: by service."
    ),
]
Facts = Annotated[
    list[str] | None,
    typer.Option(
        "--fact",
        metavar="FACT=VALUE",
        help="What only the partners know, as heat_plan=no or duration_months=36. Repeatable.",
    ),
]
Seeds = Annotated[
    list[str] | None,
    typer.Option("--seeds", metavar="ID,…", help="Which of the members have asked for it. Repeatable."),
]

Bounds = tuple[float | None, float | None] | None


def population_bounds(text: str | None) -> Bounds:
    """The bounds of inhabitants; errors as in :func:`geoplan.networks.request.read_population`."""
    return None if text is None else read_population(text)


def contiguity_of(text: str) -> str | bool:
    """Whether the members form one area; errors as in :func:`geoplan.networks.request.read_contiguity`."""
    return read_contiguity(text)


def seconds(text: str) -> float:
    """Read a number of seconds.

    Raises
    ------
    InvalidValueError
        Not one.
    """
    return float(whole_number(text))
