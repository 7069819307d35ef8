"""Maps of suggestions: GeoJSON features, folium maps, self-contained pages."""

from geoplan_maps.features import suggestion_features, unit_features
from geoplan_maps.folium_map import map_html, render_map, write_map

__all__ = ["map_html", "render_map", "suggestion_features", "unit_features", "write_map"]
