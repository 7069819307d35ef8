"""Maps for other sites: what each shows, its words, its table, and how it is answered."""

from geoplan_api.embeds.answer import embed_answer
from geoplan_api.embeds.network import network_embed, plan_embed
from geoplan_api.embeds.suggestions import suggestions_embed
from geoplan_api.embeds.view import EmbedTable, EmbedView, Look, embed_values
from geoplan_api.embeds.white_spots import white_spots_embed

__all__ = [
    "EmbedTable",
    "EmbedView",
    "Look",
    "embed_answer",
    "embed_values",
    "network_embed",
    "plan_embed",
    "suggestions_embed",
    "white_spots_embed",
]
