"""Boundaries in: readers, the canonical form, and the catalogue of known datasets."""
