"""The commands of ``geoplan export``."""
