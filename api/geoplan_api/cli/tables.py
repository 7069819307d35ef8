"""Tables a person likes to read: numbers to the right as the language writes them, the source below."""

from collections.abc import Sequence

from rich import box
from rich.table import Table
from rich.text import Text

from geoplan.messages import Message, format_number
from geoplan_api.cli.session import table_console

UNKNOWN = "–"

Column = tuple[Message, str]
"""The heading and how it is set: ``left`` or ``right``."""


def table_of(columns: Sequence[Column], rows: Sequence[Sequence[str]], lang: str) -> Table:
    """Set ``rows`` in a table."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for heading, side in columns:
        right = side == "right"
        table.add_column(
            heading.text(lang), justify="right" if right else "left", no_wrap=right, overflow="fold"
        )
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    return table


def print_table(title: str, table: Table, notes: Sequence[str]) -> None:
    """Print a table with its title above and notes below, the last of them the source."""
    console = table_console()
    console.print(Text(title, style="bold"))
    if table.row_count:
        console.print(table)
    for note in notes:
        console.print(Text(note, style="dim"))


def number(value: float | None, lang: str, digits: int = 0) -> str:
    """A number as the language writes it; a dash where it is unknown."""
    return UNKNOWN if value is None else format_number(value, digits, lang)
