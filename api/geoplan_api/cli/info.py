"""``geoplan info``: what the dataset holds."""

from typing import Annotated

import typer

from geoplan.messages import Message
from geoplan.units import Level
from geoplan_api.answers import Answer, info_answer
from geoplan_api.cli.options import format_option
from geoplan_api.cli.output import write_json
from geoplan_api.cli.session import open_atlas
from geoplan_api.cli.tables import number, print_table, table_of
from geoplan_api.labels import LEVELS_COUNTED, data_line


def info(context: typer.Context, form: Annotated[str, format_option("table", "json")] = "table") -> None:
    """Write what the dataset holds."""
    answer = info_answer(open_atlas(context.obj))
    if form == "json":
        write_json(answer)
    else:
        _print(answer, context.obj.lang)


def _print(answer: Answer, lang: str) -> None:
    rows = [
        [LEVELS_COUNTED[Level(level)].text(lang), number(count, lang)]
        for level, count in answer["counts"].items()
    ]
    table = table_of([(Message("Level"), "left"), (Message("Number"), "right")], rows, lang)
    borders = Message(
        "{pairs:n0} borders between municipalities and unincorporated areas, {border_km:n0} km in all",
        pairs=answer["borders"], border_km=answer["border_km"],
    )  # fmt: skip
    print_table(answer["data"]["dataset"], table, [borders.text(lang), data_line(answer["data"], lang)])
