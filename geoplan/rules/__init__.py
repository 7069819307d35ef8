"""What law and funding ask of a cooperation: dated, cited rules as data, and how they stand."""

from geoplan.rules.constants import Constant
from geoplan.rules.evaluation import evaluate
from geoplan.rules.facts import FACTS, Depth, Fact, Facts
from geoplan.rules.pack import Check, Rule, RuleKind, RulePack, Status
from geoplan.rules.reading import load_packs, parse_pack
from geoplan.rules.standing import Group, group_of

__all__ = [
    "FACTS",
    "Check",
    "Constant",
    "Depth",
    "Fact",
    "Facts",
    "Group",
    "Rule",
    "RuleKind",
    "RulePack",
    "Status",
    "evaluate",
    "group_of",
    "load_packs",
    "parse_pack",
]
