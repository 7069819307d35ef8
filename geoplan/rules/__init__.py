"""What law and funding ask of a cooperation: dated, cited rules as data, and how they stand."""

from geoplan.rules.constants import Constant
from geoplan.rules.evaluation import evaluate
from geoplan.rules.facts import FACTS, Depth, Fact, Facts
from geoplan.rules.pack import Check, Rule, RuleKind, RulePack, Status
from geoplan.rules.reading import load_packs, parse_pack

__all__ = [
    "FACTS",
    "Check",
    "Constant",
    "Depth",
    "Fact",
    "Facts",
    "Rule",
    "RuleKind",
    "RulePack",
    "Status",
    "evaluate",
    "load_packs",
    "parse_pack",
]
