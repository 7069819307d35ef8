"""The numbers, dates and lists that rules compare with, each with its own evidence."""

from dataclasses import dataclass

from geoplan.evidence import LocalText, Statement
from geoplan.rules.facts import Value, is_sure


@dataclass(frozen=True, slots=True, kw_only=True)
class Constant:
    """One constant of a rule pack."""

    key: str
    value: Value | tuple[str, ...]
    label: LocalText
    statement: Statement

    @property
    def sure(self) -> bool:
        """Whether a rule may rely on it."""
        return is_sure(self.statement.mark)
