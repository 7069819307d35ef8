"""Who borders whom, and along how many metres."""

from geoplan.adjacency.build import Adjacency, build_adjacency
from geoplan.adjacency.graph import BorderGraph

__all__ = ["Adjacency", "BorderGraph", "build_adjacency"]
