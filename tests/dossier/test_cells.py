"""Cells are written as the language writes them."""

import datetime
from decimal import Decimal

import pytest

from geoplan.messages import Message
from geoplan_dossier.cells import Column, Kind, Table, written


@pytest.mark.parametrize(
    ("cell", "kind", "lang", "said"),
    [
        (None, Kind.WHOLE, "de", "–"),
        (12345.6, Kind.WHOLE, "de", "12.346"),
        (Decimal("12345.6"), Kind.CENTS, "de", "12.345,60"),
        (Decimal("12345.6"), Kind.CENTS, "en", "12,345.60"),
        (0.125, Kind.PLAIN, "de", "0,125"),
        (3.0, Kind.PLAIN, "de", "3"),
        (2027, Kind.YEAR, "de", "2027"),
        (datetime.date(2026, 11, 22), Kind.DAY, "de", "22.11.2026"),
        ("Text", Kind.TEXT, "de", "Text"),
    ],
)
def test_written(cell, kind, lang, said):
    assert written(cell, kind, lang) == said


def test_columns_are_picked_in_order():
    columns = tuple(Column(key=key, label=Message("Value")) for key in "abc")
    table = Table(key="x", title=Message("Value"), columns=columns, rows=((1, 2, 3),), total=(4, 5, 6))
    picked = table.picked("c", "a")
    assert (picked.rows, picked.total) == (((3, 1),), (6, 4))
    assert [column.key for column in picked.columns] == ["c", "a"]
