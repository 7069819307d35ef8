"""The commands of ``geoplan network``."""
