"""The commands of ``geoplan plan token``."""
