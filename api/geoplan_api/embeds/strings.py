"""What the scripts of an embed and its map say, in the reader's language."""

from geoplan.messages import Message
from geoplan_api.map_words import map_words

STRINGS = {
    "to_table": Message("Table instead of map"),
    "to_map": Message("Map instead of table"),
    "no_map": Message("The map could not be loaded; the table says the same."),
}


def embed_strings(lang: str) -> dict[str, str]:
    """The sentences by the names that ``static/embed`` and ``static/map`` know them by."""
    return {name: message.text(lang) for name, message in STRINGS.items()} | map_words(lang)
