"""Readers of the files that enrich a dataset: one per form, told apart by what they hold."""
