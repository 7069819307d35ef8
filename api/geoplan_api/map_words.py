"""What the map in the browser says (``static/map/words.js``), in the reader's language."""

from geoplan.messages import Message

WORDS = {
    "map_label": Message("Map"),
    "map_keys": Message(
        "Arrow keys move the map, + and − change its scale, Enter chooses the area in the middle."
    ),
    "map_zoom_in": Message("Zoom in"),
    "map_zoom_out": Message("Zoom out"),
    "map_fit": Message("Show everything"),
    "map_rank": Message("Rank {rank} · fit {score}"),
    "map_rank_only": Message("Rank {rank}"),
    "map_unincorporated": Message("unincorporated area"),
    "map_failed": Message("The map could not be loaded."),
    "map_retry": Message("Try again"),
    "map_basemap": Message("Load background map ({provider})"),
    "map_basemap_off": Message("Without background map"),
    "map_basemap_note": Message("Your address on the internet then goes to {provider}."),
}
FIELDS = ("rank", "score", "provider")
"""What the script fills in."""


def map_words(lang: str) -> dict[str, str]:
    """The sentences by the names that the script knows them by."""
    left = {field: f"{{{field}}}" for field in FIELDS}
    return {name: message.filled(**left).text(lang) for name, message in WORDS.items()}
