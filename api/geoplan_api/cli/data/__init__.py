"""The commands of ``geoplan data``: datasets, and what changes between them."""
