"""Which unit is meant by a name or key, and which may be."""

from geoplan.search.index import NameIndex
from geoplan.search.result import Match, SearchResult

__all__ = ["Match", "NameIndex", "SearchResult"]
