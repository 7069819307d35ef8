"""Files made from a dataset once and handed out for as long as it stays: vector tiles, downloads."""

from geoplan_api.published.answering import file_answer
from geoplan_api.published.file_cache import FileCache, cache_folder

__all__ = ["FileCache", "cache_folder", "file_answer"]
