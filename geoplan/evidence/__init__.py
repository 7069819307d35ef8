"""What a stated fact rests on (mark, sources), and how files of such facts are read strictly."""

from geoplan.evidence.statement import LocalText, Mark, Source, Statement
from geoplan.evidence.table import Table, read_sources, read_toml

__all__ = ["LocalText", "Mark", "Source", "Statement", "Table", "read_sources", "read_toml"]
