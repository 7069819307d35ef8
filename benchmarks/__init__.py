"""How fast geoplan is, beside what others use for the same: ``python -m benchmarks``."""
