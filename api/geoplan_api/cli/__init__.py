"""The command line: the main job without a browser, for people as tables and for machines as JSON."""

from geoplan_api.cli.program import main

__all__ = ["main"]
