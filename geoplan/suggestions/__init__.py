"""Who fits whom: candidates, hard rules, criteria, ranking, explanation."""

from geoplan.suggestions.result import (
    Contribution,
    CooperationType,
    Flag,
    Role,
    Severity,
    Suggestion,
    SuggestionList,
)
from geoplan.suggestions.suggest import TYPES, suggest

__all__ = [
    "TYPES",
    "Contribution",
    "CooperationType",
    "Flag",
    "Role",
    "Severity",
    "Suggestion",
    "SuggestionList",
    "suggest",
]
