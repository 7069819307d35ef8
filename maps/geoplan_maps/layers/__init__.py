"""Compact layers of a whole country for a map in the browser that stays fluid."""

from geoplan_maps.layers.atlas_layers import MapLayers

__all__ = ["MapLayers"]
