"""The map of a network, as geometry and as a drawing."""

from geoplan_dossier.drawing.ground import Ground, build_ground
from geoplan_dossier.drawing.picture import draw

__all__ = ["Ground", "build_ground", "draw"]
