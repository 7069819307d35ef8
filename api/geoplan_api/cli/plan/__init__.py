"""The commands of ``geoplan plan``."""
